package io.cuttlestore.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("An option")
class OptionTest {
    private enum Survives {
        PROCESS,
        POWER_CUT
    }

    @Test
    @DisplayName("has a name, by which it prints, a form and a description")
    void described() {
        Option<Integer> option = Option.integer("readers", 1, 64, "how many reads");
        assertThat(option).hasToString("readers");
        assertThat(option.name()).isEqualTo("readers");
        assertThat(option.form()).isEqualTo("a whole number from 1 to 64");
        assertThat(option.description()).isEqualTo("how many reads");
        assertThat(option.isSensitive()).isFalse();
    }

    @Test
    @DisplayName("of text takes all but nothing")
    void text() {
        Option<String> option = Option.text("namespace", "");
        assertThat(option.parse(" a ")).isEqualTo(" a ");
        assertThat(option.isSensitive()).isFalse();
        assertRefused(option, "");
    }

    @Test
    @DisplayName("that is a secret says so, and takes everything")
    void secret() {
        Option<String> option = Option.secret("password", "");
        assertThat(option.parse("")).isEmpty();
        assertThat(option.parse("xyzzy")).isEqualTo("xyzzy");
        assertThat(option.isSensitive()).isTrue();
    }

    @Test
    @DisplayName("of a path takes what may be one")
    void path() {
        Option<Path> option = Option.path("ca", "");
        assertThat(option.parse("./ca.pem")).isEqualTo(Path.of("./ca.pem"));
        assertRefused(option, "a\0b");
    }

    @Test
    @DisplayName("of a number takes those within its bounds")
    void integer() {
        Option<Integer> option = Option.integer("readers", 1, 64, "");
        assertThat(option.parse("1")).isEqualTo(1);
        assertThat(option.parse("64")).isEqualTo(64);
        assertRefused(option, "0", "65", "-1", "", "1.0", "many", "9999999999");
    }

    @Test
    @DisplayName("of a duration takes more than nothing")
    void duration() {
        Option<Duration> option = Option.duration("timeout", "");
        assertThat(option.parse("500ms")).isEqualTo(Duration.ofMillis(500));
        assertRefused(option, "0s", "PT-1S", "soon");
    }

    @Test
    @DisplayName("of a choice takes the names of constants in lower case with hyphens, and lists them")
    void choice() {
        Option<Survives> option = Option.choice("durability", Survives.class, "");
        assertThat(option.form()).isEqualTo("one of process, power-cut");
        assertThat(option.parse("process")).isEqualTo(Survives.PROCESS);
        assertThat(option.parse("power-cut")).isEqualTo(Survives.POWER_CUT);
        assertRefused(option, "", "PROCESS", "power_cut", "power");
    }

    @Test
    @DisplayName("of a flag takes true and false")
    void flag() {
        Option<Boolean> option = Option.flag("allow", "");
        assertThat(option.parse("true")).isTrue();
        assertThat(option.parse("false")).isFalse();
        assertRefused(option, "", "TRUE", "yes", "1");
    }

    private static void assertRefused(Option<?> option, String... texts) {
        assertThat(texts)
                .allSatisfy(text -> assertThatIllegalArgumentException().isThrownBy(() -> option.parse(text)));
    }
}
