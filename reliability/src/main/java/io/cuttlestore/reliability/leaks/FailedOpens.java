package io.cuttlestore.reliability.leaks;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreBuilder;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.postgres.PostgresServers;
import io.cuttlestore.redis.RedisServer;
import io.cuttlestore.reliability.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Connections to stores of a backend that can't be opened, or not be used at once, each for another reason. */
final class FailedOpens implements AutoCloseable {
    private final List<Supplier<CuttlestoreBuilder>> all = new ArrayList<>();
    private final Stores stores;
    private @Nullable RedisServer withPassword;
    private @Nullable Connection locking;

    FailedOpens(String backend, Stores stores, Path folder) throws IOException, SQLException {
        this.stores = stores;
        all.add(() -> Cuttlestore.builder(stores.fresh("no-such-option=1")));
        all.add(() -> opened().layer(inner -> {
            throw new IllegalArgumentException("a layer that can't be made");
        }));
        all.add(() -> opened().require(Capability.values()));
        switch (backend) {
            case "filesystem" -> {
                addPaths("filesystem://", folder);
                addFolders(folder);
            }
            case "sqlite" -> {
                addPaths("sqlite://", folder);
                addDatabases(folder);
            }
            case "redis" -> addServers();
            case "postgres" -> addDatabaseServers();
            default -> all.add(() -> Cuttlestore.builder("in-memroy"));
        }
    }

    /** A store that opens, to be refused afterwards. */
    private CuttlestoreBuilder opened() {
        return Cuttlestore.builder(stores.fresh());
    }

    private void addPaths(String scheme, Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("no-store"), "something else");
        add(scheme + file);
        add(scheme + file + "/below-a-file");
        add(scheme + "/proc/no-folder/can-be-made-here");
        all.add(() -> Cuttlestore.builder(scheme + folder + "/nothing-here").existing());
    }

    private void addFolders(Path folder) throws IOException {
        Path inTheWay = Files.createDirectory(folder.resolve("in-the-way"));
        Files.writeString(inTheWay.resolve(".cuttlestore"), "something else");
        add("filesystem://" + inTheWay);
        Path locked = folder.resolve("locked");
        Files.createDirectories(locked.resolve(".cuttlestore").resolve("lock"));
        add("filesystem://" + locked);
    }

    private void addDatabases(Path folder) throws SQLException {
        Path locked = folder.resolve("locked.db");
        locking = DriverManager.getConnection("jdbc:sqlite:" + locked);
        try (Statement statement = locking.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");
        }
        add("sqlite://" + locked + "?timeout=50ms");
    }

    private void addServers() {
        withPassword = RedisServer.builder()
                .arguments("--requirepass", "right")
                .admin("default", "right")
                .start();
        add("redis://127.0.0.1:" + RedisServer.freePort());
        add("redis://:wrong@" + withPassword.address());
        add("redis://" + withPassword.address());
        add("rediss://" + withPassword.address() + "?timeout=500ms");
        add("redis+cluster://" + withPassword.address());
        add("redis+sentinel://" + withPassword.address() + "/primary");
    }

    private void addDatabaseServers() {
        String server = PostgresServers.address(PostgresServers.shared());
        add("postgres://postgres@127.0.0.1:" + RedisServer.freePort() + "/postgres?timeout=500ms");
        add("postgres://nobody:wrong@" + server + "/postgres");
        add("postgres://postgres@" + server + "/nothing-here");
        add("postgres://postgres@" + server + "/postgres?sslmode=verify-full");
    }

    private void add(String connectionString) {
        all.add(() -> Cuttlestore.builder(connectionString));
    }

    /**
     * Fails to open one.
     *
     * @param number which one; they come again
     * @return the name of what it failed with
     * @throws AssertionError if it does open
     */
    String fail(int number) {
        try (CuttlestoreConnection connection =
                all.get(number % all.size()).get().connect()) {
            connection.ping();
            throw new AssertionError(connection + " was opened, and should not have been");
        } catch (CuttlestoreException | IllegalArgumentException expected) {
            return expected.getClass().getSimpleName();
        }
    }

    @Override
    public void close() throws IOException {
        if (withPassword != null) {
            withPassword.close();
        }
        if (locking != null) {
            try {
                locking.close();
            } catch (SQLException e) {
                throw new IOException(e);
            }
        }
    }
}
