package io.cuttlestore.mysql;

import io.cuttlestore.jdbc.Database;
import io.cuttlestore.jdbc.JdbcProvider;
import io.cuttlestore.jdbc.Settings;
import io.cuttlestore.spi.Option;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Opens {@code mysql://user:password@host:port/database?table=name} and the same with {@code mariadb}. The table is made
 * where there is none. Thread-safe.
 */
public final class MysqlProvider extends JdbcProvider {
    static final String NAME = "mysql";

    /** For {@link java.util.ServiceLoader}. */
    public MysqlProvider() {
        super(
                3306,
                Option.text(
                        "table",
                        "the table, a NAME of up to 63 lower-case letters, digits and underscores; cuttlestore unless set"),
                Pattern.compile("[a-z_][a-z0-9_]{0,62}"));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> schemes() {
        return List.of(NAME, "mariadb");
    }

    @Override
    protected Database database(Settings settings) {
        return new MysqlDatabase(settings);
    }
}
