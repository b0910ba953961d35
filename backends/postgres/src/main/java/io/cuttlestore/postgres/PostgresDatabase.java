package io.cuttlestore.postgres;

import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.jdbc.Database;
import io.cuttlestore.jdbc.DeadlineSockets;
import io.cuttlestore.jdbc.Failures;
import io.cuttlestore.jdbc.Settings;
import io.cuttlestore.jdbc.Table;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A PostgreSQL database. All that the driver is told is written here; of a connection string nothing else reaches it.
 * Thread-safe.
 */
final class PostgresDatabase implements Database {
    private static final int OLDEST_VERSION = 15;

    /** With these, every statement of {@link PostgresTable} goes by an index, in the order of the keys. */
    private static final String OPTIONS = "-c enable_seqscan=off -c enable_bitmapscan=off -c jit=off";

    private final Settings settings;
    private final PostgresFailures failures = new PostgresFailures();
    private final PGSimpleDataSource source;

    PostgresDatabase(Settings settings) {
        this.settings = settings;
        this.source = source(settings);
        source.setOptions(OPTIONS);
        source.setSocketFactory(DeadlineSockets.class.getName());
    }

    @Override
    public DataSource ofApplication() {
        return source(settings);
    }

    private static PGSimpleDataSource source(Settings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {settings.bracketedHost()});
        source.setPortNumbers(new int[] {settings.port()});
        source.setDatabaseName(settings.database());
        source.setUser(settings.credentials().user());
        source.setPassword(settings.credentials().password()); // if it were null, the driver would look into ~/.pgpass
        source.setApplicationName("cuttlestore");
        source.setTargetServerType("primary");
        source.setTcpKeepAlive(true);
        source.setGssEncMode("disable");
        source.setLogServerErrorDetail(false); // which may hold keys and values
        secure(source, settings.tls());
        return source;
    }

    private static void secure(PGSimpleDataSource source, Settings.Tls tls) {
        source.setSslMode(tls.mode().word());
        source.setSslCert(tls.cert().map(Path::toString).orElse("")); // else ~/.postgresql would do
        source.setSslKey(tls.key().map(Path::toString).orElse(""));
        tls.cert()
                .map(file -> certificate("cert", file))
                .ifPresent(cert -> source.setPemKeyAlgorithm(cert.getPublicKey().getAlgorithm()));
        if (tls.key().isPresent() && !Files.isReadable(tls.key().get())) {
            throw unreadable("key", tls.key().get(), null);
        }
        if (tls.ca().isPresent()) {
            certificate("ca", tls.ca().get());
            source.setSslRootCert(tls.ca().get().toString());
        } else if (tls.mode().verifies()) {
            if (tls.cert().isPresent()) {
                throw new InvalidConnectionStringException(
                        "the options cert and key need the option ca where certificates are verified");
            }
            source.setSslfactory(DefaultJavaSSLFactory.class.getName());
        }
    }

    private static Certificate certificate(String option, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw unreadable(option, file, e);
        } catch (CertificateException e) {
            throw new InvalidConnectionStringException("option '" + option + "': no certificate in " + file, e);
        }
    }

    private static InvalidConnectionStringException unreadable(String option, Path file, @Nullable IOException e) {
        return new InvalidConnectionStringException("option '" + option + "': can't read " + file, e);
    }

    @Override
    public Connection connect() throws SQLException {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw withoutPassword(e);
        }
    }

    /** What refuses a login may repeat it. */
    private SQLException withoutPassword(SQLException e) {
        String password = settings.credentials().password();
        String text = String.valueOf(e.getMessage());
        if (!failures.isAnswer(e) || password.isEmpty() || !text.contains(password)) {
            return e;
        }
        String fields = "C" + e.getSQLState() + "\0M" + text.replace(password, "(password)") + "\0";
        return new PSQLException(new ServerErrorMessage(fields));
    }

    @Override
    public @Nullable Table find(Connection connection) throws SQLException {
        DatabaseMetaData server = connection.getMetaData();
        if (server.getDatabaseMajorVersion() < OLDEST_VERSION) {
            throw new IncompatibleStoreException(settings.address() + " is " + server(connection) + "; version "
                    + OLDEST_VERSION + " or later is needed");
        }
        return PostgresTable.find(connection, settings);
    }

    @Override
    public void make(Connection connection) throws SQLException {
        PostgresTable.make(connection, settings);
    }

    @Override
    public String server(Connection connection) throws SQLException {
        return "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion();
    }

    @Override
    public Failures failures() {
        return failures;
    }
}
