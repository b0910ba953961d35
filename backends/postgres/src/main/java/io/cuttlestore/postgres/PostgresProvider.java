package io.cuttlestore.postgres;

import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.postgres.Settings.Credentials;
import io.cuttlestore.postgres.Settings.SslMode;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendProvider;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.OpenContext;
import io.cuttlestore.spi.Option;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Opens {@code postgres://user:password@host:port/database?table=name} and the same with {@code postgresql}. The table is
 * made where there is none. Thread-safe.
 */
public final class PostgresProvider implements BackendProvider {
    private static final int PORT = 5432;
    private static final int DEFAULT_POOL_SIZE = 8;
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Nothing that could end the host in the string that the driver takes apart. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]+");

    private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127\\.[0-9.]+|::1");
    private static final Pattern TABLE = Pattern.compile("(?:[a-z_][a-z0-9_]{0,62}\\.)?[a-z_][a-z0-9_]{0,62}");

    private static final Option<String> USERNAME = Option.text("username", "the role to log in as; also before @");
    private static final Option<String> PASSWORD = Option.secret("password", "the role's password; also before @");
    private static final Option<String> TABLE_NAME =
            Option.text("table", "the table, with a schema if it has one before a dot; cuttlestore unless set");
    private static final Option<SslMode> SSL_MODE = Option.choice(
            "sslmode",
            SslMode.class,
            "TLS, and what of the server's certificate is verified; verify-full, but disable on this machine, unless set");
    private static final Option<Path> CA =
            Option.path("ca", "PEM file of the authorities to trust instead of the Java platform's");
    private static final Option<Path> CERT = Option.path("cert", "PEM file of the client's certificate and its chain");
    private static final Option<Path> KEY = Option.path("key", "PEM file of the client's key, unencrypted PKCS #8");
    private static final Option<Integer> POOL_SIZE =
            Option.integer("pool-size", 1, 1_000, "the most connections to the server, 8 unless set");
    private static final Option<Duration> CONNECT_TIMEOUT =
            Option.duration("connect-timeout", "the longest time that making a connection may take, 2s unless set");

    /** For {@link java.util.ServiceLoader}. */
    public PostgresProvider() {}

    @Override
    public String name() {
        return PostgresBackend.NAME;
    }

    @Override
    public List<String> schemes() {
        return List.of("postgres", "postgresql");
    }

    @Override
    public List<Option<?>> options() {
        return List.of(USERNAME, PASSWORD, TABLE_NAME, SSL_MODE, CA, CERT, KEY, POOL_SIZE, CONNECT_TIMEOUT);
    }

    @Override
    public Backend open(ConnectionString string, OpenContext context) {
        return PostgresBackend.open(settings(string), context.mayCreate(), Deadline.after(context.timeout()));
    }

    /** Reads a connection string whose options have been read. */
    static Settings settings(ConnectionString string) {
        ConnectionString.Servers servers = string.servers();
        ConnectionString.Host host = servers.hosts().get(0);
        if (servers.hosts().size() > 1 || !HOST.matcher(host.name()).matches()) {
            throw new InvalidConnectionStringException(
                    "postgres:// takes one host, a name or an address, as in postgres://HOST:5432/DATABASE");
        }
        if (servers.path().size() != 1 || servers.path().get(0).isEmpty()) {
            throw new InvalidConnectionStringException(
                    "the path of a connection string for PostgreSQL must be the name of a database, as in"
                            + " postgres://HOST/DATABASE");
        }
        String table = string.option(TABLE_NAME).orElse("cuttlestore");
        if (!TABLE.matcher(table).matches()) {
            throw new InvalidConnectionStringException(
                    "option 'table' must be NAME or SCHEMA.NAME, each of up to 63 lower-case"
                            + " letters, digits and underscores");
        }
        Settings.Tls tls = tls(string, host.name());
        return new Settings(
                host.name(),
                host.port().orElse(PORT),
                servers.path().get(0),
                credentials(servers, string),
                table,
                tls,
                string.option(POOL_SIZE).orElse(DEFAULT_POOL_SIZE),
                string.option(CONNECT_TIMEOUT).orElse(DEFAULT_CONNECT_TIMEOUT));
    }

    private static Credentials credentials(ConnectionString.Servers servers, ConnectionString string) {
        Optional<String> user = oneOf("username", servers.user(), string.option(USERNAME));
        return new Credentials(
                user.orElseThrow(() -> new InvalidConnectionStringException(
                        "the connection string must name a user, as in postgres://USER:PASSWORD@HOST/DATABASE")),
                oneOf("password", servers.password(), string.option(PASSWORD)).orElse(""));
    }

    private static Optional<String> oneOf(String what, Optional<String> before, Optional<String> option) {
        if (before.isPresent() && option.isPresent()) {
            throw new InvalidConnectionStringException(
                    "the " + what + " is given twice: before @ and as option '" + what + "'");
        }
        return before.or(() -> option);
    }

    private static Settings.Tls tls(ConnectionString string, String host) {
        SslMode mode = string.option(SSL_MODE)
                .orElse(THIS_MACHINE.matcher(host).matches() ? SslMode.DISABLE : SslMode.VERIFY_FULL);
        Settings.Tls tls = new Settings.Tls(mode, string.option(CA), string.option(CERT), string.option(KEY));
        if (tls.cert().isPresent() != tls.key().isPresent()) {
            throw new InvalidConnectionStringException("the options cert and key belong together; one is missing");
        }
        if (tls.ca().isPresent() && !mode.verifies()) {
            throw new InvalidConnectionStringException(
                    "the option ca needs sslmode=verify-ca or sslmode=verify-full: nothing else looks at certificates");
        }
        if (tls.cert().isPresent()
                && (mode == SslMode.DISABLE || (mode.verifies() && tls.ca().isEmpty()))) {
            throw new InvalidConnectionStringException(
                    "the options cert and key need TLS, and the option ca where certificates are verified");
        }
        return tls;
    }
}
