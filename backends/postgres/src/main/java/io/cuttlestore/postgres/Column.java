package io.cuttlestore.postgres;

import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
    static final Column V = new Column(
            "bytea", byte[][]::new, command -> ((Put) command).payload().bytes());

    /** The new deadline in epoch milliseconds, or milliseconds from now on; {@code NULL} keeps the one that is there. */
    static final Column AT = new Column("bigint", Long[]::new, Column::at);

    /** Whether the new deadline counts from now on. */
    static final Column RELATIVE = new Column("boolean", Boolean[]::new, command -> isRelative(expiry(command)));

    /** The version that the row must have; {@code NULL} if any will do. */
    static final Column SEEN = new Column("bigint", Long[]::new, Column::seen);

    /** Longer than this is never: the deadline might not fit into a {@code bigint}. */
    private static final long LONGEST_MILLIS =
            Long.MAX_VALUE - Duration.ofDays(1_000_000).toMillis();

    private final String type;
    private final IntFunction<Object[]> array;
    private final Function<Command<?>, @Nullable Object> element;

    private Column(String type, IntFunction<Object[]> array, Function<Command<?>, @Nullable Object> element) {
        this.type = type;
        this.array = array;
        this.element = element;
    }

    private static Expiry expiry(Command<?> command) {
        return command instanceof Touch touch ? touch.expiry() : ((Put) command).expiry();
    }

    private static boolean isRelative(Expiry expiry) {
        return expiry instanceof Expiry.After after && after.millis() <= LONGEST_MILLIS;
    }

    private static @Nullable Long at(Command<?> command) {
        Expiry expiry = expiry(command);
        if (expiry == Expiry.KEEP) {
            return null;
        }
        return expiry instanceof Expiry.After && !isRelative(expiry) ? Stored.NEVER : expiry.deadline(0, Stored.NEVER);
    }

    private static @Nullable Long seen(Command<?> command) {
        Condition condition = command instanceof Delete delete ? delete.condition() : ((Put) command).condition();
        return condition instanceof Condition.IfVersion version ? Versions.parse(version.token()) : null;
    }

    /** This column of some commands. */
    Array of(List<? extends Command<?>> commands, Connection connection) throws SQLException {
        return connection.createArrayOf(type, commands.stream().map(element).toArray(array));
    }
}
