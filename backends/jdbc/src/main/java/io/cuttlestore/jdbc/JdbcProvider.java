package io.cuttlestore.jdbc;

import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.jdbc.Settings.Credentials;
import io.cuttlestore.jdbc.Settings.SslMode;
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

/** Opens {@code scheme://user:password@host:port/database?table=name}. The table is made where there is none. Thread-safe. */
public abstract class JdbcProvider implements BackendProvider {
    private static final int DEFAULT_POOL_SIZE = 8;
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** Nothing that could end the host in a string that a driver takes apart. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:-]+");

    private static final Pattern THIS_MACHINE = Pattern.compile("localhost|127\\.[0-9.]+|::1");

    private static final Option<String> USERNAME = Option.text("username", "the user to log in as; also before @");
    private static final Option<String> PASSWORD = Option.secret("password", "the user's password; also before @");
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

    private final int port;
    private final Option<String> table;
    private final Pattern tables;

    /**
     * A provider.
     *
     * @param port of servers, unless a string has one
     * @param table the option that names the table
     * @param tables what it may be
     */
    protected JdbcProvider(int port, Option<String> table, Pattern tables) {
        this.port = port;
        this.table = table;
        this.tables = tables;
    }

    /** The database that a connection string names. */
    protected abstract Database database(Settings settings);

    @Override
    public final List<Option<?>> options() {
        return List.of(USERNAME, PASSWORD, table, SSL_MODE, CA, CERT, KEY, POOL_SIZE, CONNECT_TIMEOUT);
    }

    @Override
    public final Backend open(ConnectionString string, OpenContext context) {
        Settings settings = settings(string);
        return JdbcBackend.open(
                name(), settings, database(settings), context.mayCreate(), Deadline.after(context.timeout()));
    }

    /** Reads a connection string whose options have been read. */
    public final Settings settings(ConnectionString string) {
        ConnectionString.Servers servers = string.servers();
        ConnectionString.Host host = servers.hosts().get(0);
        if (servers.hosts().size() > 1 || !HOST.matcher(host.name()).matches()) {
            throw new InvalidConnectionStringException(string.scheme()
                    + ":// takes one host, a name or an address, as in " + string.scheme() + "://HOST/DATABASE");
        }
        if (servers.path().size() != 1 || servers.path().get(0).isEmpty()) {
            throw new InvalidConnectionStringException("the path of a connection string for " + string.scheme()
                    + " must be the name of a database, as in " + string.scheme() + "://HOST/DATABASE");
        }
        return new Settings(
                string.scheme(),
                host.name(),
                host.port().orElse(port),
                servers.path().get(0),
                credentials(servers, string),
                table(string),
                tls(string, host.name()),
                string.option(POOL_SIZE).orElse(DEFAULT_POOL_SIZE),
                string.option(CONNECT_TIMEOUT).orElse(DEFAULT_CONNECT_TIMEOUT));
    }

    private static Credentials credentials(ConnectionString.Servers servers, ConnectionString string) {
        Optional<String> user = oneOf("username", servers.user(), string.option(USERNAME));
        return new Credentials(
                user.orElseThrow(
                        () -> new InvalidConnectionStringException("the connection string must name a user, as in "
                                + string.scheme() + "://USER:PASSWORD@HOST/DATABASE")),
                oneOf("password", servers.password(), string.option(PASSWORD)).orElse(""));
    }

    private static Optional<String> oneOf(String what, Optional<String> before, Optional<String> option) {
        if (before.isPresent() && option.isPresent()) {
            throw new InvalidConnectionStringException(
                    "the " + what + " is given twice: before @ and as option '" + what + "'");
        }
        return before.or(() -> option);
    }

    private String table(ConnectionString string) {
        String name = string.option(table).orElse("cuttlestore");
        if (!tables.matcher(name).matches()) {
            throw new InvalidConnectionStringException("option 'table' names " + table.description());
        }
        return name;
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
        if (tls.cert().isPresent() && mode == SslMode.DISABLE) {
            throw new InvalidConnectionStringException("the options cert and key need TLS");
        }
        return tls;
    }
}
