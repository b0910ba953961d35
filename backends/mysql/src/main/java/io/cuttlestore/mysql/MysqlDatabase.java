package io.cuttlestore.mysql;

import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.jdbc.Database;
import io.cuttlestore.jdbc.DeadlineSockets;
import io.cuttlestore.jdbc.Failures;
import io.cuttlestore.jdbc.Settings;
import io.cuttlestore.jdbc.Settings.SslMode;
import io.cuttlestore.jdbc.Table;
import io.cuttlestore.spi.Tls;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.Driver;
import org.mariadb.jdbc.MariaDbDataSource;

/**
 * A database of MySQL or MariaDB. All that the driver is told is written here; of a connection string nothing else reaches it.
 * Thread-safe.
 */
final class MysqlDatabase implements Database {
    /**
     * What a session must not inherit, be it from the server's settings or its {@code init_connect}: writes that wait for a
     * commit, transactions that follow each other, answers that end early, another alphabet for what is escaped, a time zone
     * with hours that come twice, a sort that looks at the first 1,024 bytes of a key and its length, and a wait for a lock
     * that outlasts the call.
     */
    private static final String SESSION =
            "autocommit=1,completion_type='NO_CHAIN',sql_select_limit=18446744073709551615,"
                    + "character_set_client=utf8mb4,time_zone='+00:00',max_sort_length=2048,innodb_lock_wait_timeout=1,"
                    + "sql_mode='STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'";

    /** Without those that tell every server the password as it is, such as {@code mysql_clear_password} and {@code dialog}. */
    private static final String LOGINS =
            "mysql_native_password,client_ed25519,parsec,caching_sha2_password,sha256_password";

    /** What statements need that write a value of the largest size, each byte of which may become two. */
    static final long LEAST_PACKET_BYTES = 16L << 20;

    private final Settings settings;
    private final MysqlFailures failures = new MysqlFailures();
    private final Configuration driver;

    MysqlDatabase(Settings settings) {
        this.settings = settings;
        this.driver = configured(settings)
                .socketFactory(DeadlineSockets.class.getName())
                .allowMultiQueries(true)
                .transactionIsolation("READ_COMMITTED")
                .autocommit(true)
                .sessionVariables(SESSION)
                .build();
    }

    private static Configuration.Builder configured(Settings settings) {
        Settings.Tls tls = settings.tls();
        if (tls.mode() != SslMode.DISABLE) {
            Tls.sockets(tls.ca(), tls.cert(), tls.key()); // which tells what is wrong with the files
        }
        String url = "jdbc:mariadb://" + settings.bracketedHost() + ":" + settings.port() + "/";
        return parsed(url, PemTls.files(tls))
                .database(settings.database())
                .user(settings.credentials().user())
                .password(settings.credentials().password())
                .sslMode(tls.mode() == SslMode.REQUIRE ? "trust" : tls.mode().word())
                .tlsSocketType(PemTls.TYPE)
                .restrictedAuth(LOGINS)
                .allowPublicKeyRetrieval(tls.mode() == SslMode.DISABLE)
                .permitRedirect(false)
                .allowLocalInfile(false)
                .tcpKeepAlive(true)
                .connectionAttributes("program_name:cuttlestore");
    }

    /** Begins with a URL, since a configuration that does not can't be used; a name of a database might be taken for more. */
    private static Configuration.Builder parsed(String url, Properties files) {
        try {
            return Configuration.parse(url, files).toBuilder();
        } catch (SQLException e) {
            throw new IllegalArgumentException("the driver does not take " + url, e);
        }
    }

    @Override
    public DataSource ofApplication() {
        Configuration plain = configured(settings).build();
        return new MariaDbDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                return Driver.connect(plain);
            }
        };
    }

    @Override
    public Connection connect() throws SQLException {
        Connection connection = null;
        try {
            connection = Driver.connect(driver);
            requireUsable(connection);
            return connection;
        } catch (SQLException e) {
            closeAfter(e, connection);
            throw withoutPassword(e);
        } catch (RuntimeException e) {
            closeAfter(e, connection);
            throw e;
        }
    }

    private static void closeAfter(Exception failure, @Nullable Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private void requireUsable(Connection connection) throws SQLException {
        DatabaseMetaData server = connection.getMetaData();
        boolean isMariadb = server.getDatabaseProductName().equals("MariaDB");
        int version = server.getDatabaseMajorVersion() * 100 + server.getDatabaseMinorVersion();
        if (version < (isMariadb ? 1006 : 800)) {
            throw new IncompatibleStoreException(settings.address() + " is " + server(connection)
                    + "; MariaDB 10.6 or MySQL 8.0, or later, is needed");
        }
        try (Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT @@max_allowed_packet, @@global.read_only IN ('0', 'OFF')")) {
            row.next();
            if (row.getLong(1) < LEAST_PACKET_BYTES) {
                throw new IncompatibleStoreException(settings.address() + " takes packets of " + row.getLong(1)
                        + " bytes; set its max_allowed_packet to " + LEAST_PACKET_BYTES + " or more");
            }
            if (!row.getBoolean(2)) {
                throw new StoreUnavailableException(
                        settings.address() + " is read_only; the primary is needed, not a server that only reads");
            }
        }
    }

    /** What refuses a login may repeat it. */
    private SQLException withoutPassword(SQLException e) {
        String password = settings.credentials().password();
        String text = String.valueOf(e.getMessage());
        if (!failures.isAnswer(e) || password.isEmpty() || !text.contains(password)) {
            return e;
        }
        return new SQLException(text.replace(password, "(password)"), e.getSQLState(), e.getErrorCode());
    }

    @Override
    public @Nullable Table find(Connection connection) throws SQLException {
        return MysqlTable.find(connection, settings);
    }

    @Override
    public void make(Connection connection) throws SQLException {
        MysqlTable.make(connection, settings);
    }

    @Override
    public String server(Connection connection) throws SQLException {
        DatabaseMetaData server = connection.getMetaData();
        return server.getDatabaseProductName() + " " + server.getDatabaseProductVersion();
    }

    @Override
    public Failures failures() {
        return failures;
    }
}
