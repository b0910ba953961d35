package io.cuttlestore.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.spi.ConnectionString.Host;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A connection string")
class ConnectionStringTest {
    private static final Option<String> USERNAME = Option.text("username", "who asks");
    private static final Option<String> PASSWORD = Option.secret("password", "the proof of it");
    private static final Option<Duration> PAUSE = Option.duration("pause", "how long to wait");
    private static final List<Option<?>> KNOWN = List.of(USERNAME, PASSWORD, PAUSE);

    @ParameterizedTest
    @CsvSource({
        "in-memory, in-memory, ''",
        "in-memory:, in-memory, ''",
        "in-memory?pause=1s, in-memory, ''",
        "in-memory:?pause=1s, in-memory, ''",
        "in-memory://NAME, in-memory, NAME",
        "SQLite://./a.db, sqlite, ./a.db",
        "sqlite:///var/a%20b.db?pause=1s, sqlite, '/var/a b.db'",
        "filesystem://a+b, filesystem, a+b",
    })
    @DisplayName("has a scheme and a place, percent-decoded")
    void schemeAndPlace(String text, String scheme, String place) {
        ConnectionString string = ConnectionString.parse(text);
        assertThat(string.scheme()).isEqualTo(scheme);
        assertThat(string.place()).isEqualTo(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "//host", "1sqlite://x", "sqlite:x", "redis:host:1", "a b://c", "in-memory#x"})
    @DisplayName("that has not this syntax is refused")
    void badSyntax(String text) {
        assertRefused(() -> ConnectionString.parse(text));
    }

    @Test
    @DisplayName("names servers with credentials, ports and a path")
    void servers() {
        ConnectionString.Servers servers =
                ConnectionString.parse("redis://agent:47@h1:1,[::1]:2,h3/7/x").servers();
        assertThat(servers.user()).contains("agent");
        assertThat(servers.password()).contains("47");
        assertThat(servers.hosts())
                .containsExactly(
                        new Host("h1", OptionalInt.of(1)),
                        new Host("::1", OptionalInt.of(2)),
                        new Host("h3", OptionalInt.empty()));
        assertThat(servers.path()).containsExactly("7", "x");
    }

    @Test
    @DisplayName("names servers with a user or a password alone, the first and the last port, and an empty path")
    void partsOfServers() {
        ConnectionString.Servers servers =
                ConnectionString.parse("redis://:47@h1:1,h2:65535/").servers();
        assertThat(servers.user()).isEmpty();
        assertThat(servers.password()).contains("47");
        assertThat(servers.hosts())
                .containsExactly(new Host("h1", OptionalInt.of(1)), new Host("h2", OptionalInt.of(65_535)));
        assertThat(servers.path()).isEmpty();
        assertThat(servers.toString()).contains("h1", "h2").doesNotContain("47");
        ConnectionString.Servers named =
                ConnectionString.parse("redis://agent@h").servers();
        assertThat(named.user()).contains("agent");
        assertThat(named.password()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "redis:///0, names no host",
        "redis://, names no host",
        "redis://h?=v, must read NAME=VALUE",
        "redis://h?pause, must read NAME=VALUE",
        "redis://h?pause=%, not followed by two hexadecimal digits",
        "redis://h?pause=1s%4, not followed by two hexadecimal digits",
        "redis://h?pause=%4g, not followed by two hexadecimal digits",
        "redis://h?pause=%g4, not followed by two hexadecimal digits",
    })
    @DisplayName("that lacks a part is refused for that")
    void missingParts(String text, String says) {
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(
                        () -> ConnectionString.parse(text).withOptions(KNOWN).servers())
                .withMessageContaining(says);
    }

    @Test
    @DisplayName("may hold every byte percent-encoded, in any case")
    void percentEncoded() {
        assertThat(ConnectionString.parse("x://%00%0a%0F%f0%9F%a6%91%7e").place())
                .isEqualTo("\0\n\u000F\uD83E\uDD91~");
    }

    @Test
    @DisplayName("may carry any character in a password, in both places, percent-encoded")
    void passwordsOfAllCharacters() {
        String encoded = "%40%2F%3F%23%3A%25";
        ConnectionString before = ConnectionString.parse("redis://agent:" + encoded + "@host");
        assertThat(before.servers().password()).contains("@/?#:%");
        ConnectionString asOption = ConnectionString.parse("redis://host?username=agent&password=" + encoded)
                .withOptions(KNOWN);
        assertThat(asOption.option(PASSWORD)).contains("@/?#:%");
        assertThat(asOption.option(USERNAME)).contains("agent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://agent:xyzzy?plugh@host/0?pause=1s",
                "redis://agent:xyzzy?xyz=1&xyz=2&plugh=@host",
                "redis://agent:xyzzy?plugh=plugh@host",
                "redis://agent:xyzzy?pause=plugh@host",
                "redis://agent:apple@xyzzy?plugh@host?pause=1s",
                "r?dis://agent:plugh@host?pause=1s"
            })
    @DisplayName("repeats no part of a password that holds a bare ?")
    void bareQuestionMarks(String text) {
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> ConnectionString.parse(text).withOptions(KNOWN))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("xyz", "plugh"));
    }

    @Test
    @DisplayName("keeps the bare characters that a query may have by RFC 3986")
    void bareCharactersInOptions() {
        ConnectionString string =
                ConnectionString.parse("redis://host?password=a@b/c?d:e+f=g").withOptions(KNOWN);
        assertThat(string.option(PASSWORD)).contains("a@b/c?d:e+f=g");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://agent:hunter2@x@host",
                "redis://agent:hunter2/x@host",
                "redis://agent:hunter2#x@host",
                "redis://agent:hunter2:x@host:port",
                "redis://agent:hunter2%zz@host",
                "redis://agent:hunter2%ff@host",
                "redis://agent:hunter2@",
                "redis://agent:hunter2@host:0",
                "redis://agent:hunter2@host:65536",
                "redis://agent:hunter2@host?password=hunter2&password=hunter2",
                "redis://agent:hunter2@host?password",
                "redis://agent:hunter2@host?hunter=hunter2",
                "redis://agent:hunter2@host?pause=hunter2x&password=hunter2%",
                "redis://agent:hunter2@host,",
                "redis://hunter2%40host",
                "redis://agent:x?hunter2=y@host",
                "redis://agent:x?hunter2=y%40host",
                "redis://agent:x?y=hunter2%40host",
                "redis://agent:hunter2%40host",
                "redis://agent:4711/hunter2@host",
                "redis://agent:4711/hunter2@host/0",
                "redis://host?password=x&hunter2=y",
                "redis://host?password=x&hunter2=1&hunter2=2",
                "redis://host?password:hunter2=",
                "redis://host?HUNTER=hunter2",
            })
    @DisplayName("that is wrong is refused without a word of its password")
    void wrongStringsKeepTheSecret(String text) {
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> {
                    ConnectionString string = ConnectionString.parse(text).withOptions(List.of(PASSWORD));
                    string.servers();
                })
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hunter2"))
                .withNoCause();
    }

    @Test
    @DisplayName("prints without user, password and the values of options")
    void printsNoSecret() {
        ConnectionString string = ConnectionString.parse("redis://agent:hunter2@host:1/0?password=hunter3");
        assertThat(string).hasToString("redis://host:1/0");
        assertThat(string.withOptions(KNOWN)).hasToString("redis://host:1/0?password");
    }

    @ParameterizedTest
    @CsvSource({
        "in-memory, in-memory://",
        "sqlite:///var/a%20b:c.db, sqlite:///var/a%20b:c.db",
        "filesystem://./a, filesystem://./a",
        "'redis://u:p@[::1]:2,h_3:65535/7', 'redis://[::1]:2,h_3:65535/7'",
        "redis://agent:apple, redis://...",
        "redis://agent:apple%40host, redis://...",
        "redis://4711%40host, redis://...",
        "redis://agent:4711/apple%40host, redis://...",
        "redis://agent:4711/apple@host/0, redis://host/0",
        "redis://agent:apple@4711@host, redis://...",
        "redis://agent:apple@4711?username=plum@host, redis://...?username",
        "redis://agent:apple?username=plum@host, redis://...?username",
        "redis://agent:4711?username=plum%40host, redis://...?username",
    })
    @DisplayName("prints its place only where that can't be part of a password that was not encoded")
    void printsPlainPlaces(String text, String printed) {
        assertThat(ConnectionString.parse(text).withOptions(KNOWN)).hasToString(printed);
    }

    static Stream<String> unencoded() {
        List<String> templates = List.of(
                "redis://agent:PASSWORD@host:1",
                "redis://:PASSWORD@host/0?pause=1s",
                "redis://agent:PASSWORD%40host",
                "redis+sentinel://agent:PASSWORD@host/main",
                "redis://host?password=PASSWORD",
                "redis://host?username=agent&password=PASSWORD&pause=1s");
        List<String> characters = " !\"#$%&'()*+,-./:;<=>?@[]^_`{|}~"
                .codePoints()
                .mapToObj(Character::toString)
                .toList();
        return templates.stream()
                .flatMap(template -> characters.stream()
                        .flatMap(one -> characters.stream()
                                .map(two -> template.replace("PASSWORD", "4711" + one + "xyzzy" + two + "plugh"))));
    }

    @Test
    @DisplayName("shows no part of a password in which any two characters were not encoded")
    void unencodedPasswords() {
        assertThat(unencoded())
                .isNotEmpty()
                .allSatisfy(text -> assertThat(shown(text)).doesNotContain("4711", "xyzzy", "plugh"));
    }

    /** All that is said of a string, whether it is refused or not. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        try {
            ConnectionString string = ConnectionString.parse(text);
            shown.append(string);
            string = string.withOptions(KNOWN);
            shown.append(string).append(string.servers());
        } catch (InvalidConnectionStringException refused) {
            shown.append(refused);
        }
        return shown.toString();
    }

    @Test
    @DisplayName("with an unknown option names the valid ones and the nearest")
    void unknownOption() {
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> ConnectionString.parse("x?usernam=1").withOptions(KNOWN))
                .withMessage("unknown option 'usernam' (did you mean 'username'?);"
                        + " valid options are password, pause, username");
    }

    @Test
    @DisplayName("with an unknown option behind a password, which may be part of it, tells its position instead")
    void unknownOptionBehindAPassword() {
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> ConnectionString.parse("x?pause=1s&password=apple&plum=1")
                        .withOptions(KNOWN))
                .withMessage(
                        "unknown option at position 3, or a bare ? or & in a password, to be written as %3F or %26;"
                                + " valid options are password, pause, username");
    }

    @Test
    @DisplayName("with an option given twice names it")
    void givenTwice() {
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> ConnectionString.parse("x?pause=1s&pause=2s").withOptions(KNOWN))
                .withMessage("the option 'pause' is given twice");
    }

    @Test
    @DisplayName("with a value that does not fit tells what the option is for and what would fit")
    void unfitValue() {
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> ConnectionString.parse("x?pause=soon").withOptions(KNOWN))
                .withMessage("option 'pause' (how long to wait) must be a duration such as 500ms, 60s, 10m, 2h or 7d,"
                        + " not 'soon'");
    }

    @Test
    @DisplayName("takes environment variables as they are, once")
    void variables() {
        Map<String, String> environment = Map.of("PW", "%41@/?#${PW}", "HOST", "h:1");
        ConnectionString string = ConnectionString.parse("redis://u:a${PW}b%41@h/0?username=${PW}", environment::get)
                .withOptions(KNOWN);
        assertThat(string.servers().password()).contains("a%41@/?#${PW}bA");
        assertThat(string.option(USERNAME)).contains("%41@/?#${PW}");
        assertRefused(
                () -> ConnectionString.parse("x://${MISSING}", environment::get).place());
        assertRefused(() -> ConnectionString.parse("x://${}", environment::get).place());
        assertRefused(
                () -> ConnectionString.parse("x://a${PW", environment::get).place());
    }

    @Test
    @DisplayName("takes an encoded ${NAME} literally")
    void encodedVariable() {
        assertThat(ConnectionString.parse("x://%24{PW}", Map.of("PW", "v")::get).place())
                .isEqualTo("${PW}");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "60s, PT1M", "10m, PT10M", "2h, PT2H", "7d, PT168H", "PT1.5S, PT1.5S"})
    @DisplayName("reads durations")
    void durations(String text, Duration expected) {
        assertThat(ConnectionString.parse("x?pause=" + text).withOptions(KNOWN).option(PAUSE))
                .contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "-1s", "1", "s", "1 s", "1.5s", "999999999999999999d", "1w"})
    @DisplayName("refuses what is no positive duration")
    void badDurations(String text) {
        assertRefused(() -> ConnectionString.parse("x?pause=" + text).withOptions(KNOWN));
    }

    private static void assertRefused(Runnable use) {
        assertThatExceptionOfType(InvalidConnectionStringException.class).isThrownBy(use::run);
    }
}
