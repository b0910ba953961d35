package io.cuttlestore.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("In memory, a write")
class ConditionsTest {
    private static final Key KEY = Namespace.ROOT.key("k");
    private static final Expiry A_SECOND = Expiry.after(Duration.ofSeconds(1));

    private final AtomicLong now = new AtomicLong(1_000_000);
    private final Segment segment = new Segments(Segments.UNBOUNDED, () -> Instant.ofEpochMilli(now.get())).of(KEY);

    @Test
    @DisplayName("without a condition replaces what is there, by a value of another version")
    void always() {
        assertThat(put(1, Expiry.NEVER, Condition.ALWAYS)).isTrue();
        String first = stored().version();
        assertThat(put(2, A_SECOND, Condition.ALWAYS)).isTrue();
        assertThat(value()).isEqualTo(2);
        assertThat(stored().version()).isNotEqualTo(first);
    }

    @Test
    @DisplayName("of what must be absent leaves a live entry, and takes the place of an expired one")
    void ifAbsent() {
        assertThat(put(1, A_SECOND, Condition.IF_ABSENT)).isTrue();
        now.addAndGet(999);
        assertThat(put(2, Expiry.NEVER, Condition.IF_ABSENT)).isFalse();
        assertThat(value()).isEqualTo(1);
        now.incrementAndGet();
        assertThat(put(3, Expiry.NEVER, Condition.IF_ABSENT)).isTrue();
        assertThat(value()).isEqualTo(3);
        assertThat(stored().expiresAt()).isEqualTo(Stored.NEVER);
    }

    @Test
    @DisplayName("of what must be absent gives way to one that was faster")
    void ifAbsentInARace() {
        ConcurrentHashMap<Key, Node> raced = new ConcurrentHashMap<>() {
            @Override
            public @Nullable Node compute(
                    Key key, BiFunction<? super Key, ? super Node, ? extends @Nullable Node> step) {
                put(key, new Node(Payload.of(new byte[] {7}), 1));
                return super.compute(key, step);
            }
        };
        Segment slow = new Segment(raced, () -> Instant.EPOCH);
        Put put = new Put(KEY, Payload.of(new byte[] {8}), Expiry.NEVER, Condition.IF_ABSENT, Deadline.NONE);
        assertThat(slow.put(put)).isFalse();
        assertThat(raced.get(KEY).bytes()).containsExactly(7);
    }

    @Test
    @DisplayName("to a version needs a live entry of that version")
    void ifVersion() {
        assertThat(put(1, Expiry.NEVER, Condition.ifVersion("0"))).isFalse();
        assertThat(segment.get(KEY)).isNull();
        put(1, A_SECOND, Condition.ALWAYS);
        String first = stored().version();
        assertThat(put(2, A_SECOND, Condition.ifVersion(first + "0"))).isFalse();
        assertThat(value()).isEqualTo(1);
        assertThat(put(2, A_SECOND, Condition.ifVersion(first))).isTrue();
        assertThat(value()).isEqualTo(2);
        assertThat(put(3, A_SECOND, Condition.ifVersion(first))).isFalse();
        String second = stored().version();
        now.addAndGet(1_000);
        assertThat(put(3, Expiry.NEVER, Condition.ifVersion(second))).isFalse();
        assertThat(segment.get(KEY)).isNull();
    }

    @Test
    @DisplayName("that deletes tells whether a live entry is gone, and which if that is wanted")
    void deletes() {
        assertThat(delete(Condition.ALWAYS, true)).isEqualTo(DeleteResult.NONE);
        put(1, Expiry.NEVER, Condition.ALWAYS);
        assertThat(delete(Condition.ALWAYS, false)).isEqualTo(DeleteResult.DELETED);
        assertThat(segment.get(KEY)).isNull();
        put(2, A_SECOND, Condition.ALWAYS);
        Stored old = stored();
        DeleteResult result = delete(Condition.ALWAYS, true);
        assertThat(result.deleted()).isTrue();
        assertThat(result.old()).isSameAs(old);
        put(3, A_SECOND, Condition.ALWAYS);
        now.addAndGet(1_000);
        assertThat(delete(Condition.ALWAYS, true)).isEqualTo(DeleteResult.NONE);
    }

    @Test
    @DisplayName("that deletes a version leaves another")
    void deletesAVersion() {
        put(1, Expiry.NEVER, Condition.ALWAYS);
        String version = stored().version();
        assertThat(delete(Condition.ifVersion(version + "0"), false)).isEqualTo(DeleteResult.NONE);
        assertThat(value()).isEqualTo(1);
        assertThat(delete(Condition.ifVersion(version), false)).isEqualTo(DeleteResult.DELETED);
        assertThat(segment.get(KEY)).isNull();
    }

    @Test
    @DisplayName("that touches changes the deadline of a live entry, and not its value or version")
    void touches() {
        assertThat(touch(Expiry.NEVER)).isFalse();
        assertThat(segment.get(KEY)).isNull();
        put(1, A_SECOND, Condition.ALWAYS);
        String version = stored().version();
        assertThat(touch(Expiry.after(Duration.ofMinutes(1)))).isTrue();
        assertThat(stored().expiresAt()).isEqualTo(now.get() + 60_000);
        assertThat(touch(Expiry.NEVER)).isTrue();
        assertThat(stored().expiresAt()).isEqualTo(Stored.NEVER);
        assertThat(value()).isEqualTo(1);
        assertThat(stored().version()).isEqualTo(version);
        assertThat(touch(Expiry.at(Instant.ofEpochMilli(now.get())))).isTrue();
        assertThat(segment.get(KEY)).isNull();
    }

    @Test
    @DisplayName("keeps a deadline or clears it, as it says, and one of the past leaves the key absent")
    void deadlines() {
        put(1, A_SECOND, Condition.ALWAYS);
        put(2, Expiry.KEEP, Condition.ALWAYS);
        assertThat(stored().expiresAt()).isEqualTo(now.get() + 1_000);
        put(3, Expiry.NEVER, Condition.ALWAYS);
        assertThat(stored().expiresAt()).isEqualTo(Stored.NEVER);
        put(4, Expiry.KEEP, Condition.ALWAYS);
        assertThat(stored().expiresAt()).isEqualTo(Stored.NEVER);
        put(5, A_SECOND, Condition.ALWAYS);
        now.addAndGet(1_000);
        put(6, Expiry.KEEP, Condition.ALWAYS);
        assertThat(stored().expiresAt()).isEqualTo(Stored.NEVER);
        assertThat(put(7, Expiry.at(Instant.ofEpochMilli(now.get())), Condition.ALWAYS))
                .isTrue();
        assertThat(segment.get(KEY)).isNull();
    }

    private boolean put(int value, Expiry expiry, Condition condition) {
        return segment.put(new Put(KEY, Payload.of(new byte[] {(byte) value}), expiry, condition, Deadline.NONE));
    }

    private DeleteResult delete(Condition.OfDelete condition, boolean wantsOld) {
        return segment.delete(new Delete(KEY, condition, wantsOld, Deadline.NONE));
    }

    private boolean touch(Expiry expiry) {
        return segment.touch(new Touch(KEY, expiry, Deadline.NONE));
    }

    private Stored stored() {
        @Nullable Stored stored = segment.get(KEY);
        assertThat(stored).isNotNull();
        return stored;
    }

    private int value() {
        return stored().payload().bytes()[0];
    }
}
