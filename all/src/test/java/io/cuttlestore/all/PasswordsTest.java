package io.cuttlestore.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cuttlestore.Capability;
import io.cuttlestore.Cursor;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreBuilder;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.Durability;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.Version;
import io.cuttlestore.redis.RedisSentinel;
import io.cuttlestore.redis.RedisServer;
import io.cuttlestore.redis.RedisServers;
import io.cuttlestore.redis.TlsCertificates;
import io.cuttlestore.spi.ConnectionString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;

/** A password is planted in a connection string, the store is made to fail, and all that is said is looked through. */
@DisplayName("A password of a connection string is said nowhere when")
class PasswordsTest {
    private static final String PASSWORD = "XyzzyPlugh42";
    private static final int FEWEST_KINDS = 40;

    @TempDir
    private static Path folder;

    private static FakeServer rude;
    private static FakeServer web;
    private static FakeServer echo;
    private static FakeServer parrot;
    private static FakeServer postgresParrot;
    private static ServerSocket silent;

    /** How the password is written into a string. */
    enum Spelling {
        AS_IT_IS(PASSWORD),
        PERCENT_ENCODED("%58%79%7a%7A%79%50lugh%342"),
        VARIABLE("${CUTTLESTORE_TEST_PASSWORD}");

        private final String text;

        Spelling(String text) {
            this.text = text;
        }
    }

    /** What is done with a string; it must fail. */
    @FunctionalInterface
    interface Use {
        void of(String string, Witness witness) throws Exception;
    }

    /** @param string a connection string in which PASSWORD and the names of servers are to be replaced */
    record Failure(String kind, String string, Use use) {
        @Override
        public String toString() {
            return kind;
        }
    }

    private static Failure opening(String kind, String string) {
        return new Failure(kind, string, (given, witness) -> open(given, witness, store -> store.put("k", "v")));
    }

    private static Failure building(String kind, Consumer<CuttlestoreBuilder> settings) {
        return new Failure(kind, "redis://planted:PASSWORD@<acl>", (given, witness) -> {
            CuttlestoreBuilder builder = Cuttlestore.builder(given);
            witness.sees(builder);
            settings.accept(builder);
            builder.connect().close();
        });
    }

    private static Failure calling(String kind, Consumer<Cuttlestore<String>> call) {
        return new Failure(kind, "redis://planted:PASSWORD@<acl>", (given, witness) -> open(given, witness, call));
    }

    private static Failure losing(String kind, BiConsumer<RedisServer, Cuttlestore<String>> call) {
        return new Failure(kind, "redis://:PASSWORD@<own>?timeout=500ms", (given, witness) -> {
            try (RedisServer own = RedisServer.builder()
                    .arguments("--requirepass", PASSWORD)
                    .admin("default", PASSWORD)
                    .start()) {
                open(given.replace("<own>", own.address()), witness, store -> call.accept(own, store));
            }
        });
    }

    private static final List<Failure> FAILURES = List.of(
            // The string is wrong
            opening("it has no scheme", "PASSWORD@h"),
            opening("it has no slashes", "redis:agent:PASSWORD@h"),
            opening("nobody knows its scheme", "rediz://agent:PASSWORD@h"),
            opening("the password holds a bare @", "redis://agent:PASSWORD@PASSWORD@h"),
            opening("the password holds a bare /", "redis://agent:PASSWORD/PASSWORD@h"),
            opening("the password holds a bare #", "redis://agent:PASSWORD#PASSWORD@h"),
            opening("the password holds a bare :", "redis://agent:PASSWORD:PASSWORD@h:PASSWORD"),
            opening("the password holds a bare ?", "redis://agent:PASSWORD?PASSWORD@h"),
            opening("the password holds a bare ? and =", "redis://agent:x?PASSWORD=PASSWORD@h"),
            opening("the password holds a bare ? and an option", "redis://agent:PASSWORD?timeout=PASSWORD@h"),
            opening("the password holds a bare / behind digits", "redis+sentinel://agent:47/PASSWORD@h/m"),
            opening("the password holds a bare ,", "redis://agent:PASSWORD,PASSWORD@h,"),
            opening("the password as option holds a bare &", "redis://h?password=PASSWORD&PASSWORD"),
            opening("the password as option holds a bare & and =", "redis://h?password=PASSWORD&PASSWORD=PASSWORD"),
            opening("the password as option holds a bare & and = twice", "redis://h?password=x&PASSWORD=1&PASSWORD=2"),
            opening("the password as option holds an option", "redis://h?password=PASSWORD&timeout=PASSWORD"),
            opening("the password holds a bare %", "redis://agent:PASSWORD%zz@h"),
            opening("the password as option holds a bare %", "redis://h?password=PASSWORD%zz"),
            opening("the password is not UTF-8", "redis://agent:PASSWORD%ff@h"),
            opening("it names no host", "redis://agent:PASSWORD@"),
            opening("its port is 0", "redis://agent:PASSWORD@h:0"),
            opening("its port is too large", "redis://agent:PASSWORD@h:65536"),
            opening("its port is no number", "redis://agent:PASSWORD@h:port"),
            opening("the @ is encoded", "redis://agent:PASSWORD%40h"),
            opening("the @ is encoded and a ? is not", "redis://agent:PASSWORD?PASSWORD=PASSWORD%40h"),
            opening("the @ is encoded and a / is not", "redis+sentinel://agent:47/PASSWORD%40h/m"),
            opening("the : is encoded", "redis://agent%3APASSWORD@<closed>"),
            opening("the user is missing and the :", "redis://PASSWORD@<closed>"),
            opening("a : stands for =", "redis://h?password:PASSWORD="),
            opening("an option is given twice", "redis://h?password=PASSWORD&password=PASSWORD"),
            opening("an option has no value", "redis://agent:PASSWORD@h?password=PASSWORD&timeout"),
            opening("an option is mistyped", "redis://agent:PASSWORD@h?pasword=PASSWORD"),
            opening("an option is not for this store", "in-memory?password=PASSWORD"),
            opening("an option is not for files", "filesystem://<folder>/f?password=PASSWORD"),
            opening("an option is not for SQLite", "sqlite://<folder>/s.db?user=agent&password=PASSWORD"),
            opening("a duration is none", "redis://agent:PASSWORD@h?password=PASSWORD&timeout=soon"),
            opening("a number is none", "redis://agent:PASSWORD@h?pool-size=many"),
            opening("a codec is none", "redis://agent:PASSWORD@h?codec=xml"),
            opening("a namespace is none", "redis://agent:PASSWORD@h?namespace="),
            opening("a variable is not set", "redis://agent:PASSWORD${CUTTLESTORE_NOT_SET}@h"),
            opening("a variable is mistyped", "redis://agent:PASSWORD${NAME@h"),
            opening("the password is given twice", "redis://agent:PASSWORD@h?password=PASSWORD"),
            opening("the database is no number", "redis://agent:PASSWORD@h/one"),
            opening("the path is too long", "redis://agent:PASSWORD@h/0/1"),
            opening("a cluster has a database", "redis+cluster://agent:PASSWORD@h/1"),
            opening("a sentinel has no name", "redis+sentinel://agent:PASSWORD@h"),
            opening("one server is two", "redis://agent:PASSWORD@h,g"),
            opening("a sentinel's password is not for a sentinel", "redis://h?sentinel-password=PASSWORD"),
            opening("a certificate is not for TLS", "redis://agent:PASSWORD@h?ca=<ca>"),
            opening("a certificate is missing", "rediss://agent:PASSWORD@h?ca=/no/such/file"),
            opening("a certificate is none", "rediss://agent:PASSWORD@h?ca=<ca-key>"),
            opening("a certificate has no key", "rediss://agent:PASSWORD@h?cert=<cert>"),
            opening("a key is none", "rediss://agent:PASSWORD@h?cert=<cert>&key=<cert>"),
            opening("a key is damaged", "rediss://agent:PASSWORD@h?cert=<cert>&key=<folder>/damaged.key"),
            // The server is
            opening("nobody knows the host", "redis://agent:PASSWORD@no-such-host.invalid"),
            opening("nobody listens", "redis://agent:PASSWORD@<closed>"),
            opening("nobody answers", "redis://agent:PASSWORD@<silent>?timeout=200ms"),
            opening("nobody answers a handshake", "rediss://agent:PASSWORD@<silent>?connect-timeout=200ms"),
            opening("the server hangs up", "redis://agent:PASSWORD@<rude>"),
            opening("the server is a web server", "redis://agent:PASSWORD@<web>"),
            opening("the server repeats the command", "redis://agent:PASSWORD@<echo>"),
            opening("the server repeats the password", "redis://<parrot>?password=PASSWORD"),
            opening("a sentinel repeats the password", "redis+sentinel://<parrot>/m?sentinel-password=PASSWORD"),
            opening("the server wants TLS", "redis://agent:PASSWORD@<tls>"),
            opening("the server has no TLS", "rediss://agent:PASSWORD@<plain>?connect-timeout=200ms"),
            opening("the certificate is of an unknown authority", "rediss://agent:PASSWORD@<tls>"),
            opening("the password is wrong", "redis://agent:PASSWORD@<acl>"),
            opening("the password as option is wrong", "redis://<acl>?username=agent&password=PASSWORD"),
            opening("the user is wrong", "redis://nobody:PASSWORD@<acl>"),
            opening("the password is wrong over TLS", "rediss://agent:PASSWORD@<tls>?ca=<ca>"),
            opening("no password is expected", "redis://:PASSWORD@<plain>"),
            opening("no such database is there", "redis://planted:PASSWORD@<acl>/99999"),
            opening("the user may do nothing", "redis://limited:PASSWORD@<acl>"),
            opening("the server is no cluster", "redis+cluster://planted:PASSWORD@<acl>"),
            opening("the cluster refuses the password", "redis+cluster://agent:PASSWORD@<cluster>"),
            opening(
                    "the server is no sentinel",
                    "redis+sentinel://<acl>/m?sentinel-username=planted" + "&sentinel-password=PASSWORD"),
            opening("the sentinel does not know the name", "redis+sentinel://agent:PASSWORD@<sentinel>/nobody"),
            opening("the primary refuses the password", "redis+sentinel://agent:PASSWORD@<sentinel>/<primary>"),
            opening(
                    "the sentinel refuses the password",
                    "redis+sentinel://<sentinel>/<primary>" + "?sentinel-username=agent&sentinel-password=PASSWORD"),
            // The same of PostgreSQL
            opening("a database is missing", "postgres://agent:PASSWORD@h"),
            opening("a database is two", "postgres://agent:PASSWORD@h/a/b"),
            opening("a user is missing", "postgres://:PASSWORD@h/d"),
            opening("one database server is two", "postgres://agent:PASSWORD@h,g/d"),
            opening("the database's password is given twice", "postgres://agent:PASSWORD@h/d?password=PASSWORD"),
            opening("the database's password holds a bare ?", "postgres://agent:PASSWORD?PASSWORD@h/d"),
            opening("an option is the driver's", "postgres://agent:PASSWORD@h/d?sslpassword=PASSWORD"),
            opening("a table is none", "postgres://agent:PASSWORD@h/d?table=No"),
            opening("a mode of TLS is none", "postgres://agent:PASSWORD@h/d?sslmode=maybe"),
            opening("the database's certificate is none", "postgres://agent:PASSWORD@h/d?ca=/no/such/file"),
            opening("nobody knows the database's host", "postgres://agent:PASSWORD@no-such-host.invalid/d"),
            opening("no database listens", "postgres://agent:PASSWORD@<closed>/d"),
            opening("no database answers", "postgres://agent:PASSWORD@<silent>/d?timeout=200ms"),
            opening(
                    "no database answers a handshake",
                    "postgres://agent:PASSWORD@<silent>/d?sslmode=require&timeout=200ms"),
            opening("the database hangs up", "postgres://agent:PASSWORD@<rude>/d"),
            opening("the database is a web server", "postgres://agent:PASSWORD@<web>/d?timeout=500ms"),
            opening("the database repeats the password", "postgres://agent:PASSWORD@<postgres-parrot>/d?timeout=500ms"),
            // The same of MySQL, whose servers talk first
            opening("a MySQL database is missing", "mysql://agent:PASSWORD@h"),
            opening("a MySQL user is missing", "mariadb://:PASSWORD@h/d"),
            opening("the MySQL password holds a bare ?", "mysql://agent:PASSWORD?PASSWORD@h/d"),
            opening("an option is the MySQL driver's", "mysql://agent:PASSWORD@h/d?trustStorePassword=PASSWORD"),
            opening("a MySQL certificate is none", "mysql://agent:PASSWORD@h/d?ca=/no/such/file"),
            opening("a MySQL key is damaged", "mysql://agent:PASSWORD@h/d?cert=<cert>&key=<folder>/damaged.key"),
            opening("nobody knows the MySQL host", "mysql://agent:PASSWORD@no-such-host.invalid/d"),
            opening("no MySQL listens", "mysql://agent:PASSWORD@<closed>/d"),
            opening("no MySQL answers", "mysql://agent:PASSWORD@<silent>/d?timeout=200ms"),
            opening("no MySQL answers with TLS", "mysql://agent:PASSWORD@<silent>/d?sslmode=require&timeout=200ms"),
            // The program is
            building("a capability is missing", builder -> builder.require(Capability.ORDERED_SCAN)),
            building("a clock is set", builder -> builder.clock(InstantSource.system())),
            building(
                    "a layer fails",
                    builder -> builder.layer(backend -> {
                        throw new IllegalStateException("no layer around " + backend);
                    })),
            calling("a key is empty", store -> store.get("")),
            calling(
                    "a cursor is another store's",
                    store -> store.page(ScanOptions.all().after(Cursor.parse("a.0.MQ")))),
            calling("a version is another store's", store -> store.delete("k", Version.parse("elsewhere.1"))),
            calling("a value does not decode", store -> {
                store.put("k", "no number");
                store.connection().store(Durability.class).get("k");
            }),
            calling("a key holds something else", store -> {
                RedisServers.acl().command("LPUSH", "a list", "x");
                store.connection().store(String.class).get("a list");
            }),
            calling("the client is of another kind", store -> store.connection().unwrap(Runnable.class)),
            calling(
                    "a loader fails",
                    store -> store.computeIfAbsent("absent", key -> {
                        throw new IllegalStateException("no value for " + key + " in " + store);
                    })),
            calling("it is used after its end", store -> {
                store.connection().close();
                store.get("k");
            }),
            calling("the password is changed meanwhile", store -> {
                RedisServers.acl().command("ACL", "SETUSER", "planted", "resetpass", ">another");
                RedisServers.acl().command("CLIENT", "KILL", "USER", "planted");
                try {
                    store.get("k");
                    store.get("k");
                } finally {
                    RedisServers.acl().command("ACL", "SETUSER", "planted", ">" + PASSWORD);
                }
            }),
            losing("the server ends", (server, store) -> {
                server.kill();
                store.get("k");
            }),
            losing("the server ends before a batch", (server, store) -> {
                server.kill();
                store.putAll(Map.of("k", "v", "l", "v"));
            }),
            losing("the server ends before an update", (server, store) -> {
                server.kill();
                store.update("k", seen -> Optional.of("v"));
            }),
            losing("the server ends before a scan", (server, store) -> {
                server.kill();
                store.keys(ScanOptions.all()).forEach(key -> {});
            }),
            losing("the server ends before a future", (server, store) -> {
                server.kill();
                store.async().get("k").orTimeout(10, TimeUnit.SECONDS).join();
            }),
            losing("the server hangs before a read", (server, store) -> {
                server.freeze();
                store.get("k");
            }),
            losing("the server hangs before a write", (server, store) -> {
                server.freeze();
                store.put("k", "v");
            }),
            losing("the server comes back with another password", (server, store) -> {
                server.command("CONFIG", "SET", "requirepass", "another");
                try (Jedis admin = new Jedis("127.0.0.1", server.port())) {
                    admin.auth("another");
                    admin.sendCommand(() -> "CLIENT".getBytes(StandardCharsets.US_ASCII), "KILL", "TYPE", "normal");
                }
                store.get("k");
                store.get("k");
            }));

    private static void open(String string, Witness witness, Consumer<Cuttlestore<String>> call) {
        try (Cuttlestore<String> store = Cuttlestore.open(string, String.class)) {
            CuttlestoreConnection connection = store.connection();
            witness.sees(
                    store,
                    store.async(),
                    store.withTimeout(Duration.ofSeconds(1)),
                    connection,
                    connection.location(),
                    connection.capabilities(),
                    connection.capabilities().traits(),
                    connection.store("n", byte[].class));
            call.accept(store);
        }
    }

    static Stream<Arguments> failures() {
        return FAILURES.stream()
                .flatMap(failure -> Stream.of(Spelling.values()).map(spelling -> Arguments.of(failure, spelling)));
    }

    @BeforeAll
    static void start() throws IOException {
        rude = new FakeServer(sent -> "");
        web = new FakeServer(sent -> "HTTP/1.1 400 Bad Request\r\n\r\n");
        echo = new FakeServer(
                sent -> "-ERR unknown command, with args beginning with: " + sent.replaceAll("\\s+", " ") + "\r\n");
        parrot = new FakeServer(sent -> "-ERR " + sent.replaceAll("\\s+", " ") + " is not what I want\r\n");
        postgresParrot = new FakeServer(PasswordsTest::refuseLogin);
        Files.writeString(
                folder.resolve("damaged.key"),
                "-----BEGIN PRIVATE KEY-----\n" + PASSWORD + "\n-----END PRIVATE KEY-----\n");
        silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        RedisServers.acl().command("ACL", "SETUSER", "planted", "on", ">" + PASSWORD, "~*", "&*", "+@all");
        RedisServers.acl().command("ACL", "SETUSER", "limited", "on", ">" + PASSWORD, "~other:*", "+@all");
    }

    /** Asks for the password in clear text, and repeats it in the refusal. */
    private static String refuseLogin(String sent) {
        if (!sent.startsWith("p")) {
            return "R\0\0\0\b\0\0\0\3";
        }
        String fields = "SFATAL\0C28P01\0Mno user has " + sent.substring(5) + "\0";
        return "E\0\0\0" + (char) (fields.length() + 4) + fields;
    }

    @AfterAll
    static void end() throws IOException {
        for (FakeServer fake : List.of(rude, web, echo, parrot, postgresParrot)) {
            fake.close();
        }
        silent.close();
        RedisServers.acl().command("ACL", "DELUSER", "planted", "limited");
    }

    private static String spelled(Failure failure, Spelling spelling) {
        TlsCertificates certificates = RedisServers.certificates();
        String string = failure.string()
                .replace("PASSWORD", spelling.text)
                .replace("<folder>", folder.toString())
                .replace("<closed>", "127.0.0.1:" + RedisServer.freePort())
                .replace("<silent>", "127.0.0.1:" + silent.getLocalPort())
                .replace("<rude>", rude.address())
                .replace("<web>", web.address())
                .replace("<echo>", echo.address())
                .replace("<parrot>", parrot.address())
                .replace("<postgres-parrot>", postgresParrot.address())
                .replace("<acl>", RedisServers.acl().address())
                .replace("<plain>", RedisServers.standalone().address())
                .replace("<tls>", RedisServers.tls().address())
                .replace("<ca>", certificates.ca().certificate().toString())
                .replace("<ca-key>", certificates.ca().key().toString())
                .replace("<cert>", certificates.client().certificate().toString())
                .replace("<primary>", RedisSentinel.MASTER);
        string = string.contains("<cluster>")
                ? string.replace("<cluster>", RedisServers.cluster().addresses())
                : string;
        return string.contains("<sentinel>")
                ? string.replace(
                        "<sentinel>", RedisServers.sentinel().sentinel().address())
                : string;
    }

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("failures")
    void nothingIsSaid(Failure failure, Spelling spelling) {
        String string = spelled(failure, spelling);
        try (Witness witness = new Witness()) {
            Throwable thrown = catchThrowable(() -> failure.use().of(string, witness));
            assertThat(thrown).as("the failure").isNotNull().isNotInstanceOf(AssertionError.class);
            witness.hear(thrown);
            witness.sees();
            assertSaysNothing(witness.everything());
        }
    }

    private static void assertSaysNothing(String everything) {
        assertThat(everything)
                .isNotBlank()
                .doesNotContainIgnoringCase("xyzzy")
                .doesNotContainIgnoringCase("plugh")
                .doesNotContain("%58%79");
    }

    @Test
    @DisplayName("at least forty kinds of failure are tried, each a different one")
    void kinds() {
        assertThat(FAILURES.stream().map(Failure::kind).distinct().count())
                .isEqualTo(FAILURES.size())
                .isGreaterThanOrEqualTo(FEWEST_KINDS);
        assertThat(System.getenv("CUTTLESTORE_TEST_PASSWORD")).isEqualTo(PASSWORD);
    }

    @Test
    @DisplayName("nothing fails and its parts are printed")
    void partsOfAString() {
        for (Spelling spelling : Spelling.values()) {
            for (String string : List.of(
                    "redis://agent:PASSWORD@h:1/0?timeout=1s",
                    "redis://h?username=agent&password=PASSWORD",
                    "redis+sentinel://agent:PASSWORD@h/m?sentinel-password=PASSWORD")) {
                ConnectionString parsed = ConnectionString.parse(string.replace("PASSWORD", spelling.text));
                assertSaysNothing(parsed + " " + parsed.servers());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://agent:PASSWORD?x=y@h",
                "redis://agent:PASSWORD?PASSWORD=PASSWORD@h",
                "redis://agent:x@PASSWORD?x=@h",
                "redis://agent:PASSWORD/PASSWORD%40h",
                "redis://agent:PASSWORD%40h",
                "redis://PASSWORD%40h",
                "redis://h?password=PASSWORD&PASSWORD=PASSWORD"
            })
    @DisplayName("it was not encoded, and what was made of the string is printed")
    void misreadStrings(String string) {
        for (Spelling spelling : Spelling.values()) {
            assertSaysNothing(String.valueOf(ConnectionString.parse(string.replace("PASSWORD", spelling.text))));
        }
    }

    @Test
    @DisplayName(
            "nobody listens, which this test would notice: a witness hears what is logged, printed, thrown and called")
    void theWitnessHears() {
        Exception deep = new Exception("outermost", new Exception("cause"));
        deep.addSuppressed(new Exception("suppressed"));
        try (Witness witness = new Witness()) {
            System.getLogger("io.cuttlestore.x").log(System.Logger.Level.TRACE, "logged {0}", "parameter");
            System.getLogger("io.cuttlestore.x").log(System.Logger.Level.DEBUG, "x", new Exception("logged cause"));
            LoggerFactory.getLogger("redis.clients.jedis.X").trace("traced");
            System.err.println("printed");
            witness.hear(deep);
            witness.sees(Optional.of("object"));
            assertThat(witness.everything())
                    .contains("logged parameter", "logged cause", "traced", "printed", "outermost", "cause")
                    .contains(
                            "suppressed",
                            "Optional[object]",
                            "java.lang:type=Runtime",
                            Thread.currentThread().getName());
        }
    }
}
