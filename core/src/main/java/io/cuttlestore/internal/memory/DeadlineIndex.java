package io.cuttlestore.internal.memory;

import io.cuttlestore.spi.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keys by deadline, in buckets of about a second. A reference may be stale: it counts only if the key's {@link Node}
 * says that it is filed under that bucket. Thread-safe.
 */
final class DeadlineIndex {
    /** The bucket of what is not in the index; later than all others. */
    static final long NOWHERE = Long.MAX_VALUE;

    private static final int BUCKET_BITS = 10;

    private final TreeMap<Long, List<Key>> buckets = new TreeMap<>();
    private int references;

    static long bucketOf(long deadline) {
        return deadline >> BUCKET_BITS;
    }

    /**
     * A bucket that was taken out.
     *
     * @param bucket its number
     * @param keys its keys, possibly with repeats
     */
    record Due(long bucket, List<Key> keys) {}

    synchronized void add(Key key, long bucket) {
        buckets.computeIfAbsent(bucket, absent -> new ArrayList<>()).add(key);
        references++;
    }

    /** Takes out the earliest bucket that is not later than this one. */
    synchronized @Nullable Due pollUpTo(long bucket) {
        if (buckets.isEmpty() || buckets.firstKey() > bucket) {
            return null;
        }
        Map.Entry<Long, List<Key>> first = buckets.pollFirstEntry();
        references -= first.getValue().size();
        return new Due(first.getKey(), first.getValue());
    }

    synchronized int references() {
        return references;
    }
}
