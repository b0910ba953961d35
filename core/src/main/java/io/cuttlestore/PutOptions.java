package io.cuttlestore;

import io.cuttlestore.spi.Expiry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When a written entry expires. Immutable; made by its static methods. */
public final class PutOptions {
    private static final PutOptions DEFAULTS = new PutOptions(null);
    private static final PutOptions NEVER = new PutOptions(Expiry.NEVER);
    private static final PutOptions KEEP = new PutOptions(Expiry.KEEP);

    private final @Nullable Expiry expiry;

    private PutOptions(@Nullable Expiry expiry) {
        this.expiry = expiry;
    }

    /** The store's default time to live, which is never unless set; {@code update} and {@code replace} keep the deadline. */
    public static PutOptions defaults() {
        return DEFAULTS;
    }

    /** The entry does not expire. */
    public static PutOptions never() {
        return NEVER;
    }

    /** The entry keeps the deadline of the one it replaces; where there is none, it does not expire. */
    public static PutOptions keepTtl() {
        return KEEP;
    }

    /**
     * The entry expires this long after the write. Resolution is a millisecond, rounded up; what overflows means never.
     *
     * @throws IllegalArgumentException if the duration is zero or negative
     */
    public static PutOptions ttl(Duration ttl) {
        return new PutOptions(Expiry.after(ttl));
    }

    /**
     * The entry expires this many seconds after the write.
     *
     * @throws IllegalArgumentException if the number is zero or negative
     */
    public static PutOptions ttlSeconds(long seconds) {
        return ttl(Duration.ofSeconds(seconds));
    }

    /**
     * The entry expires at this instant, rounded up to a millisecond. An instant already past is allowed: the write
     * succeeds and leaves the key absent.
     */
    public static PutOptions expireAt(Instant instant) {
        return new PutOptions(Expiry.at(instant));
    }

    /** The expiry that was asked for, or {@code fallback} with {@link #defaults()}. */
    public Expiry expiryOr(Expiry fallback) {
        return expiry == null ? fallback : expiry;
    }

    @Override
    public String toString() {
        return "PutOptions[" + (expiry == null ? "defaults" : expiry) + "]";
    }
}
