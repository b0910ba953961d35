package io.cuttlestore.postgres;

import io.cuttlestore.jdbc.Database;
import io.cuttlestore.jdbc.JdbcProvider;
import io.cuttlestore.jdbc.Settings;
import io.cuttlestore.spi.Option;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Opens {@code postgres://user:password@host:port/database?table=name} and the same with {@code postgresql}. The table is
 * made where there is none. Thread-safe.
 */
public final class PostgresProvider extends JdbcProvider {
    static final String NAME = "postgres";

    /** For {@link java.util.ServiceLoader}. */
    public PostgresProvider() {
        super(
                5432,
                Option.text(
                        "table",
                        "the table, NAME or SCHEMA.NAME of up to 63 lower-case letters, digits and underscores each;"
                                + " cuttlestore unless set"),
                Pattern.compile("(?:[a-z_][a-z0-9_]{0,62}\\.)?[a-z_][a-z0-9_]{0,62}"));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> schemes() {
        return List.of(NAME, "postgresql");
    }

    @Override
    protected Database database(Settings settings) {
        return new PostgresDatabase(settings);
    }
}
