package io.cuttlestore.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The examples run as they are")
class ExamplesTest {
    private static final String MESSAGE = "Your mission, should you choose to accept it, ...";

    @TempDir
    private Path folder;

    private interface Program {
        void main(String[] arguments) throws Exception;
    }

    private String output(Program program, String connectionString) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            program.main(new String[] {connectionString.replace("FOLDER", folder.toString())});
        } finally {
            System.setOut(before);
        }
        return output.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "in-memory",
                "filesystem://FOLDER/files",
                "sqlite://FOLDER/app.db",
                "properties://FOLDER/a.properties"
            })
    void basic(String connectionString) throws Exception {
        assertThat(output(Basic::main, connectionString)).isEqualTo("Message says: " + MESSAGE + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "in-memory",
                "filesystem://FOLDER/files",
                "sqlite://FOLDER/app.db",
                "properties://FOLDER/a.properties"
            })
    void timeToLive(String connectionString) throws Exception {
        assertThat(output(TimeToLive::main, connectionString))
                .isEqualTo("Now:   Optional[Mission[message=" + MESSAGE + "]]\nLater: Optional.empty\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"filesystem://FOLDER/files", "sqlite://FOLDER/app.db", "properties://FOLDER/a.properties"})
    void builder(String connectionString) throws Exception {
        assertThat(output(Builder::main, connectionString)).isEqualTo("Mission filed\n");
        assertThat(output(Builder::main, connectionString)).isEqualTo("Mission was filed already\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "in-memory",
                "filesystem://FOLDER/files",
                "sqlite://FOLDER/app.db",
                "properties://FOLDER/a.properties"
            })
    void severalStores(String connectionString) throws Exception {
        assertThat(output(SeveralStores::main, connectionString)).isEqualTo("Ethan Hunt: " + MESSAGE + "\n");
    }
}
