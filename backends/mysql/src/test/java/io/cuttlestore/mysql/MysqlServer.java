package io.cuttlestore.mysql;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real MariaDB server on a port of 127.0.0.1. */
public final class MysqlServer implements AutoCloseable {
    /** The user that may do anything. */
    public static final String ADMIN = "root";

    /** That of the stores. */
    public static final String USER = "cuttle";

    static final String DATABASE = "app";

    private static final Duration TO_START = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private MysqlServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** A server of its own, which ends and is deleted with the JVM. */
    public static MysqlServer start(String... options) {
        try {
            Path folder = Files.createTempDirectory("cuttlestore-mysql");
            MysqlServer server = start(folder, freePort(), options);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                server.close();
                delete(folder);
            }));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that keeps what it has in a folder, to be started again with what is there. */
    static MysqlServer start(Path folder, int port, String... options) {
        Path data = folder.resolve("data");
        boolean isNew = !Files.exists(data);
        if (isNew) {
            install(folder, data);
        }
        List<String> command = new ArrayList<>(List.of(
                program("mariadbd"),
                "--no-defaults",
                "--datadir=" + data,
                "--user=" + System.getProperty("user.name"),
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + folder.resolve("socket"),
                "--pid-file=" + folder.resolve("pid"),
                "--innodb-flush-log-at-trx-commit=0",
                "--performance-schema=off"));
        command.addAll(List.of(options));
        MysqlServer server = new MysqlServer(begin(folder, command), port);
        Awaitility.await().atMost(TO_START).ignoreExceptions().until(() -> {
            server.requireAlive(folder);
            server.connect().close();
            return true;
        });
        if (isNew) {
            server.execute("CREATE USER " + USER, "GRANT ALL ON *.* TO " + USER);
        }
        return server;
    }

    private static void install(Path folder, Path data) {
        Process process = begin(
                folder,
                List.of(
                        program("mariadb-install-db"),
                        "--no-defaults",
                        "--datadir=" + data,
                        "--user=" + System.getProperty("user.name"),
                        "--auth-root-authentication-method=normal",
                        "--skip-test-db"));
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError(log(folder));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Where a program is: servers lie in folders that only administrators search. */
    private static String program(String name) {
        String folders =
                System.getenv("PATH") + File.pathSeparator + "/usr/sbin" + File.pathSeparator + "/usr/local/sbin";
        return Stream.of(folders.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is missing; Debian's package is mariadb-server"))
                .toString();
    }

    private static Process begin(Path folder, List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void requireAlive(Path folder) {
        if (!process.isAlive()) {
            throw new AssertionError(log(folder));
        }
    }

    private static String log(Path folder) {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return port;
    }

    /** Where it listens. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** The connection string of a table, which is made when it is opened. */
    public String url(String credentials, String table) {
        return "mysql://" + credentials + "@" + address() + "/" + DATABASE + "?table=" + table;
    }

    /** A connection of {@link #ADMIN}. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:mariadb://" + address() + "/" + DATABASE + "?createDatabaseIfNotExist=true", ADMIN, "");
    }

    /** Executes statements as {@link #ADMIN}. */
    void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** Ends it, in order. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
