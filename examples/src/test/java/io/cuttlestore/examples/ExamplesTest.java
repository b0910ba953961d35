package io.cuttlestore.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.redis.RedisServers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The examples run as they are")
class ExamplesTest {
    private static final String MESSAGE = "Your mission, should you choose to accept it, ...";

    @TempDir
    private Path folder;

    static Stream<String> stores() {
        return Stream.concat(Stream.of("in-memory"), lastingStores());
    }

    static Stream<String> lastingStores() {
        return Stream.of(
                "filesystem://FOLDER/files",
                "sqlite://FOLDER/app.db",
                "properties://FOLDER/app.properties",
                "redis://" + RedisServers.standalone().address() + "?namespace=" + UUID.randomUUID());
    }

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
    @MethodSource("stores")
    void basic(String connectionString) throws Exception {
        assertThat(output(Basic::main, connectionString)).isEqualTo("Message says: " + MESSAGE + "\n");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void timeToLive(String connectionString) throws Exception {
        assertThat(output(TimeToLive::main, connectionString))
                .isEqualTo("Now:   Optional[Mission[message=" + MESSAGE + "]]\nLater: Optional.empty\n");
    }

    @ParameterizedTest
    @MethodSource("lastingStores")
    void builder(String connectionString) throws Exception {
        assertThat(output(Builder::main, connectionString)).isEqualTo("Mission filed\n");
        assertThat(output(Builder::main, connectionString)).isEqualTo("Mission was filed already\n");
    }

    @ParameterizedTest
    @MethodSource("stores")
    void severalStores(String connectionString) throws Exception {
        assertThat(output(SeveralStores::main, connectionString)).isEqualTo("Ethan Hunt: " + MESSAGE + "\n");
    }
}
