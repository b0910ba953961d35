package io.cuttlestore.redis;

import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Operations;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the replies to what {@link CommandWriter} wrote for one command, errors excluded. */
final class ReplyReader implements Operations {
    /** What {@code PEXPIRETIME} and {@code PTTL} answer for a key without a deadline. */
    private static final long NO_DEADLINE = -1;

    private final @Nullable Object reply;

    /** A reader of the last reply, which tells the outcome. */
    ReplyReader(@Nullable Object reply) {
        this.reply = reply;
    }

    @Override
    public @Nullable Stored get(Get get) {
        return switch (get.want()) {
            case EXISTENCE -> existence(get);
            case VALUE -> reply == null ? null : RedisEntry.of((byte[]) reply, Stored.NEVER);
            case ENTRY -> entry();
        };
    }

    private @Nullable Stored existence(Get get) {
        return switch (text(reply)) {
            case "none" -> null;
            case "string" -> Stored.present();
            default -> throw RedisErrors.foreign(RedisErrors.subject(get));
        };
    }

    @Override
    public boolean put(Put put) {
        return reply != null && !Long.valueOf(0).equals(reply);
    }

    @Override
    public DeleteResult delete(Delete delete) {
        if (delete.wantsOld()) {
            Stored old = entry();
            return old == null ? DeleteResult.NONE : new DeleteResult(true, old);
        }
        return reply == null || Long.valueOf(0).equals(reply) ? DeleteResult.NONE : DeleteResult.DELETED;
    }

    @Override
    public boolean touch(Touch touch) {
        return Long.valueOf(1).equals(reply);
    }

    /** Reads the end of a transaction: the deadline in one or two parts, then the value. */
    private @Nullable Stored entry() {
        List<?> parts = (List<?>) reply;
        if (parts == null) {
            return null;
        }
        byte[] value = (byte[]) parts.get(parts.size() - 1);
        return value == null ? null : RedisEntry.of(value, expiresAt(parts));
    }

    private static long expiresAt(List<?> parts) {
        long last = (Long) parts.get(parts.size() - 2);
        if (last == NO_DEADLINE) {
            return Stored.NEVER;
        }
        return parts.size() == 2 ? last : millis((List<?>) parts.get(0)) + last;
    }

    private static long millis(List<?> time) {
        return Long.parseLong(text(time.get(0))) * 1000 + Long.parseLong(text(time.get(1))) / 1000;
    }

    private static String text(@Nullable Object reply) {
        return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : "";
    }
}
