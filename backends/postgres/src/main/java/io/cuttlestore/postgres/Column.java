package io.cuttlestore.postgres;

import io.cuttlestore.jdbc.Cells;
import io.cuttlestore.jdbc.Versions;
import io.cuttlestore.spi.Command;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A parameter of statements: an array with an element for each command. */
final class Column {
    /** The stored key. */
    static final Column K =
            new Column("bytea", byte[][]::new, command -> command.key().utf8());

    /** The new version. */
    static final Column VER = new Column("bigint", Long[]::new, command -> Versions.next());

    /** The new value. */
    static final Column V = new Column("bytea", byte[][]::new, Cells::value);

    /** The new deadline in epoch milliseconds, or milliseconds from now on; {@code NULL} keeps the one that is there. */
    static final Column AT = new Column("bigint", Long[]::new, Cells::at);

    /** Whether the new deadline counts from now on. */
    static final Column RELATIVE = new Column("boolean", Boolean[]::new, Cells::isRelative);

    /** The version that the row must have; {@code NULL} if any will do. */
    static final Column SEEN = new Column("bigint", Long[]::new, Cells::seen);

    private final String type;
    private final IntFunction<Object[]> array;
    private final Function<Command<?>, @Nullable Object> element;

    private Column(String type, IntFunction<Object[]> array, Function<Command<?>, @Nullable Object> element) {
        this.type = type;
        this.array = array;
        this.element = element;
    }

    /** This column of some commands. */
    Array of(List<? extends Command<?>> commands, Connection connection) throws SQLException {
        return connection.createArrayOf(type, commands.stream().map(element).toArray(array));
    }
}
