package io.cuttlestore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    private static final String DEFAULT = "sqlite://./default.db";

    @Test
    void withoutTheVariableTheFirstArgumentIsTheUrlWhateverItLooksLike() {
        assertThat(Arguments.of(List.of("key", "value"), null)).isEqualTo(new Arguments("key", List.of("value")));
    }

    @Test
    void withoutTheVariableAndWithoutArgumentsThereIsNoStore() {
        assertThatThrownBy(() -> Arguments.of(List.of(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CUTTLESTORE_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"key", "user:1", "in-memory-key", "://x", "1ab://x", "-", "", "mailto:me", "in-memory/"})
    void withTheVariableAnArgumentThatIsNoConnectionStringBelongsToTheCommand(String first) {
        assertThat(Arguments.of(List.of(first, "b"), DEFAULT)).isEqualTo(new Arguments(DEFAULT, List.of(first, "b")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sqlite://./x",
                "redis+cluster://h",
                "http://h",
                "SQLITE:///x",
                "in-memory",
                "in-memory://n",
                "in-memory:",
                "in-memory?a=b"
            })
    void withTheVariableAnArgumentThatIsAConnectionStringIsTheUrl(String first) {
        assertThat(Arguments.of(List.of(first, "b"), DEFAULT)).isEqualTo(new Arguments(first, List.of("b")));
    }

    @Test
    void withTheVariableNoArgumentIsNeeded() {
        assertThat(Arguments.of(List.of(), DEFAULT)).isEqualTo(new Arguments(DEFAULT, List.of()));
    }
}
