package io.cuttlestore.mysql;

import io.cuttlestore.jdbc.Certificates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** The servers that all tests of a JVM share. */
public final class MysqlServers {
    private static final AtomicInteger TABLES = new AtomicInteger();

    private static MysqlServer shared;
    private static MysqlServer secured;

    private MysqlServers() {}

    /** The server that all share, without TLS. */
    public static synchronized MysqlServer shared() {
        if (shared == null) {
            shared = MysqlServer.start("--skip-ssl");
        }
        return shared;
    }

    /**
     * The server that asks for passwords and speaks TLS: {@code agent} has a password, {@code encrypted} must come over TLS,
     * {@code shown} with a certificate too.
     *
     * @param password that of {@code agent}
     */
    public static synchronized MysqlServer secured(String password) {
        if (secured == null) {
            Certificates certificates = Certificates.made();
            secured = MysqlServer.start(
                    "--ssl-ca=" + certificates.file("ca.crt"),
                    "--ssl-cert=" + certificates.file("server.crt"),
                    "--ssl-key=" + certificates.file("server.key"));
            secured.execute(
                    "CREATE USER agent",
                    "CREATE USER encrypted REQUIRE SSL",
                    "CREATE USER shown REQUIRE X509",
                    "GRANT ALL ON app.* TO agent, encrypted, shown");
        }
        secured.execute("ALTER USER agent IDENTIFIED BY '" + password + "'");
        return secured;
    }

    /** The connection string of a store that is empty and that nobody else uses. */
    public static String fresh(String credentials) {
        return shared().url(credentials, "store" + TABLES.incrementAndGet());
    }

    /** The same as {@link MysqlServer#USER}. */
    public static String fresh() {
        return fresh(MysqlServer.USER);
    }

    /** Executes statements as {@link MysqlServer#ADMIN}, in the database of the stores. */
    static void execute(String... statements) {
        shared().execute(statements);
    }

    /** The first column of the first row of a query. */
    static String ask(String query) {
        try (Connection connection = shared().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The name of the table that a connection string ends with. */
    static String table(String url) {
        return url.substring(url.indexOf("table=") + "table=".length());
    }
}
