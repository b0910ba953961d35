package io.cuttlestore.sqlite;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.OpenContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of this backend share: a folder of their own, and ways into it. */
abstract class SqliteTest {
    @TempDir
    Path folder;

    /** A clock that stands still until it is moved. */
    static final class Clock implements InstantSource {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void advance(Duration duration) {
            now = now.plus(duration);
        }
    }

    private record Context(Duration timeout, InstantSource clientClock) implements OpenContext {
        @Override
        public boolean mayCreate() {
            return true;
        }

        @Override
        public InstantSource monotonicClock() {
            return clientClock;
        }
    }

    final Path file() {
        return folder.resolve("app.db");
    }

    final String url() {
        return "sqlite://" + file();
    }

    /** Opens a backend without the core around it. */
    static Backend open(String connectionString, InstantSource clock) {
        SqliteProvider provider = new SqliteProvider();
        ConnectionString string = ConnectionString.parse(connectionString).withOptions(provider.options());
        return provider.open(string, new Context(Duration.ofSeconds(5), clock));
    }

    /** Executes SQL as another program would. */
    static void execute(Path database, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Reads the first column of the first row as another program would. */
    static String query(Path database, String sql) throws SQLException {
        return query(database, sql, 1);
    }

    /** Reads a column of the first row as another program would. */
    static String query(Path database, String sql, int column) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(column) : "";
        }
    }

    /** The names of what lies in the folder. */
    final List<String> listing() throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> !path.equals(folder))
                    .map(path -> folder.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
