package io.cuttlestore.internal.memory;

import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a store, cut by the hash of the key into a fixed number of segments, so that a page of a scan needs to
 * look through one segment and a cursor is a segment and a key.
 */
final class Segments {
    static final int UNBOUNDED = 0;

    private static final int MOST_SEGMENTS = 1024;
    private static final int BOUNDED_SEGMENT_SIZE = 8192;
    private static final int GOLDEN_RATIO = 0x9E3779B9;

    private final Segment[] segments;
    private final boolean bounded;
    private final String storeId =
            "m" + Long.toHexString(ThreadLocalRandom.current().nextLong());

    Segments(int maxEntries, InstantSource clock) {
        bounded = maxEntries != UNBOUNDED;
        int count = bounded
                ? Math.min(MOST_SEGMENTS, Integer.highestOneBit(1 + maxEntries / BOUNDED_SEGMENT_SIZE))
                : MOST_SEGMENTS;
        segments = new Segment[count];
        for (int i = 0; i < count; i++) {
            int share = maxEntries / count + (i < maxEntries % count ? 1 : 0);
            segments[i] = new Segment(bounded ? bounded(share) : new ConcurrentHashMap<>(), clock);
        }
    }

    private static ConcurrentMap<Key, Node> bounded(int maxEntries) {
        try {
            return EvictingMap.of(maxEntries);
        } catch (NoClassDefFoundError e) {
            throw new InvalidConnectionStringException(
                    "the option 'max-entries' needs Caffeine; add the artifact com.github.ben-manes.caffeine:caffeine"
                            + ", and on the module path require the module com.github.benmanes.caffeine",
                    e);
        }
    }

    boolean isBounded() {
        return bounded;
    }

    String storeId() {
        return storeId;
    }

    /** Takes other bits than a hash map does, in which the keys of one segment would else share a bin. */
    Segment of(Key key) {
        return segments[((key.hashCode() * GOLDEN_RATIO) >>> 16) & (segments.length - 1)];
    }

    ScanPage page(ScanRequest request) {
        Position position = Position.parse(request.cursor(), segments.length);
        List<ScanEntry> entries = new ArrayList<>();
        Key after = position.key == null ? null : Namespace.ROOT.key(position.key);
        for (int i = position.segment; i < segments.length; i++) {
            int room = request.pageSize() - entries.size();
            if (room == 0) {
                return new ScanPage(entries, new Position(i, null).toString());
            }
            List<ScanEntry> found = segments[i].first(room + 1, request.prefix(), after);
            if (found.size() > room) {
                entries.addAll(found.subList(0, room));
                return new ScanPage(entries, new Position(i, found.get(room - 1).key()).toString());
            }
            entries.addAll(found);
            after = null;
        }
        return new ScanPage(entries, null);
    }

    int deleteExpired(int max) {
        int removed = 0;
        for (Segment segment : segments) {
            if (removed == max) {
                break;
            }
            removed += segment.deleteExpired(max - removed);
        }
        return removed;
    }

    /** Where a page begins: in a segment, behind a key of it or at its beginning. */
    private record Position(int segment, @Nullable String key) {
        static Position parse(@Nullable String cursor, int segments) {
            if (cursor == null) {
                return new Position(0, null);
            }
            int colon = cursor.indexOf(':');
            int segment = Integer.parseInt(cursor.substring(0, Math.max(0, colon)));
            if (segment < 0 || segment >= segments) {
                throw new IllegalArgumentException("the cursor is not one of this store");
            }
            return new Position(segment, colon == cursor.length() - 1 ? null : cursor.substring(colon + 1));
        }

        @Override
        public String toString() {
            return segment + ":" + (key == null ? "" : key);
        }
    }
}
