package io.cuttlestore.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.spi.BackendProvider;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.Option;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The pages of connection strings and backends are complete and right")
class OptionsTest {
    private static final Path PAGE = SnippetsTest.ROOT.resolve("docs/guide/connection-strings.md");

    static Stream<BackendProvider> backends() {
        return ServiceLoader.load(BackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(backend -> !backend.name().equals("properties"));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void everySchemeAndOptionIsThere(BackendProvider backend) throws IOException {
        String page = Files.readString(PAGE);

        assertThat(backend.schemes()).allSatisfy(scheme -> assertThat(page).contains("`" + scheme));
        assertThat(backend.options()).allSatisfy(option -> assertThat(page).contains("`" + option.name() + "="));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void everySchemeAndOptionIsOnTheBackendsOwnPage(BackendProvider backend) throws IOException {
        String page = Files.readString(SnippetsTest.ROOT.resolve("docs/backends/" + backend.name() + ".md"));

        assertThat(backend.schemes()).allSatisfy(scheme -> assertThat(page).contains("`" + scheme));
        assertThat(backend.options())
                .allSatisfy(option -> assertThat(page).containsPattern("`" + option.name() + "[`=]"));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void everyOptionIsInTheErrorForAnUnknownOne(BackendProvider backend) {
        String string = backend.schemes().get(0) + "://place?no-such-option=1";

        assertThatThrownBy(() -> CuttlestoreConnection.open(string))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("'no-such-option'")
                .message()
                .satisfies(message -> assertThat(message.split("valid options are ")[1].split(", "))
                        .contains("namespace", "sweep-every", "timeout", "codec")
                        .containsAll(
                                backend.options().stream().map(Option::name).toList()));
    }

    @Test
    void thePasswordInThePageDecodes() throws IOException {
        String encoded = "redis://app:p%40ss%2Fw%3Frd%231%25@host";

        assertThat(Files.readString(PAGE)).contains("`p@ss/w?rd#1%`", encoded);
        assertThat(ConnectionString.parse(encoded).servers().password()).isEqualTo(Optional.of("p@ss/w?rd#1%"));
    }

    @Test
    void aVariableNeedsNoEncoding() throws IOException {
        String string = "redis://app:${REDIS_PASSWORD}@db.internal/0";

        assertThat(Files.readString(PAGE)).contains(string);
        assertThat(ConnectionString.parse(string, name -> "a@b/c?d#e%41")
                        .servers()
                        .password())
                .isEqualTo(Optional.of("a@b/c?d#e%41"));
    }
}
