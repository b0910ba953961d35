package io.cuttlestore.postgres;

import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Where the pool gets its connections. All that the driver is told is written here; of a connection string nothing else
 * reaches it. Thread-safe.
 */
final class Source extends PGSimpleDataSource {
    private static final long serialVersionUID = 1;

    /** With these, every statement of {@link Kind} and {@link Scan} goes by an index, in the order of the keys. */
    private static final String OPTIONS = "-c enable_seqscan=off -c enable_bitmapscan=off -c jit=off";

    private static final long PAUSE_MILLIS = 100;

    private final transient AtomicReference<@Nullable Connection> first = new AtomicReference<>();
    private final transient AtomicReference<@Nullable SQLException> failure = new AtomicReference<>();
    private transient volatile BooleanSupplier isAwaited = () -> false;

    private final transient Duration connectTimeout;

    Source(Settings settings) {
        connectTimeout = settings.connectTimeout();
        configure(this, settings);
        setOptions(OPTIONS);
        setSocketFactory(DeadlineSockets.class.getName());
        setSocketFactoryArg(String.valueOf(connectTimeout.toMillis()));
    }

    /** Connections of the application's own. */
    static PGSimpleDataSource ofApplication(Settings settings) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        configure(source, settings);
        return source;
    }

    private static void configure(PGSimpleDataSource source, Settings settings) {
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

    /**
     * Makes a connection, by the deadline and within its own time, which the pool gets when it first asks for one.
     *
     * @throws SQLException if that fails
     */
    void connectFirst(Deadline deadline) throws SQLException {
        Deadline sooner =
                deadline.remainingNanos() < connectTimeout.toNanos() ? deadline : Deadline.after(connectTimeout);
        first.set(DeadlineSockets.within(sooner, this::connect));
    }

    /** Says who knows whether somebody waits for a connection. */
    void awaitedIf(BooleanSupplier question) {
        isAwaited = question;
    }

    /** Why the last attempt to make a connection failed, unless it did not. */
    @Nullable
    SQLException failure() {
        return failure.get();
    }

    /** Tries until there is a connection or nobody waits for one; the pool itself would pause for up to 5 s. */
    @Override
    public Connection getConnection() throws SQLException {
        Connection made = first.getAndSet(null);
        while (made == null) {
            try {
                made = connect();
                failure.set(null);
            } catch (SQLException e) {
                failure.set(e);
                if (!PostgresFailures.isLost(e) || !isAwaited.getAsBoolean()) {
                    throw e;
                }
                pause(e);
            }
        }
        return made;
    }

    /** Does nothing: sockets end in time, and the driver would make connections in threads of its own. */
    @Override
    public void setLoginTimeout(int seconds) {}

    /** How many seconds the pool waits at its end for a connection that is being made. */
    @Override
    public int getLoginTimeout() {
        return 2;
    }

    private Connection connect() throws SQLException {
        try {
            return super.getConnection();
        } catch (SQLException e) {
            throw withoutPassword(e);
        }
    }

    /** What refuses a login may repeat it. */
    private SQLException withoutPassword(SQLException e) {
        String password = getPassword();
        String text = String.valueOf(e.getMessage());
        if (!PostgresFailures.isAnswer(e) || password == null || password.isEmpty() || !text.contains(password)) {
            return e;
        }
        String fields = "C" + e.getSQLState() + "\0M" + text.replace(password, "(password)") + "\0";
        return new PSQLException(new ServerErrorMessage(fields));
    }

    private static void pause(SQLException failure) throws SQLException {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
