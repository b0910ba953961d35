package io.cuttlestore.jdbc;

import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a command says about the columns of its row. */
public final class Cells {
    /** Longer than this is never: the deadline might not fit into a {@code bigint}. */
    private static final long LONGEST_MILLIS =
            Long.MAX_VALUE - Duration.ofDays(1_000_000).toMillis();

    private Cells() {}

    /** The new value, in {@code v}. */
    public static byte[] value(Command<?> command) {
        return ((Put) command).payload().bytes();
    }

    /** The new deadline in epoch milliseconds, or milliseconds from now on; {@code null} keeps the one that is there. */
    public static @Nullable Long at(Command<?> command) {
        Expiry expiry = expiry(command);
        if (expiry == Expiry.KEEP) {
            return null;
        }
        return expiry instanceof Expiry.After && !isRelative(command) ? Stored.NEVER : expiry.deadline(0, Stored.NEVER);
    }

    /** Whether the new deadline counts from now on. */
    public static boolean isRelative(Command<?> command) {
        return expiry(command) instanceof Expiry.After after && after.millis() <= LONGEST_MILLIS;
    }

    private static Expiry expiry(Command<?> command) {
        return command instanceof Touch touch ? touch.expiry() : ((Put) command).expiry();
    }

    /** The version that {@code ver} must have; {@code null} if any will do. */
    public static @Nullable Long seen(Command<?> command) {
        Condition condition = command instanceof Delete delete ? delete.condition() : ((Put) command).condition();
        return condition instanceof Condition.IfVersion version ? Versions.parse(version.token()) : null;
    }
}
