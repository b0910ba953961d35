package io.cuttlestore.internal.memory;

import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Some of the entries of a store. Conditions are decided inside the map's own atomic {@code compute}. */
final class Segment {
    private static final int FEW_REFERENCES = 64;

    /** By hash code, since numbers are compared faster than keys are. */
    private static final Comparator<Key> SCAN_ORDER =
            Comparator.comparingInt(Key::hashCode).thenComparing(Comparator.naturalOrder());

    /** A page that is looked for in a large segment is sorted now and then, which tells what comes behind it. */
    private static final int PAGES_BETWEEN_SORTS = 2;

    private final ConcurrentMap<Key, Node> entries;
    private final InstantSource clock;
    private final DeadlineIndex deadlines = new DeadlineIndex();

    Segment(ConcurrentMap<Key, Node> entries, InstantSource clock) {
        this.entries = entries;
        this.clock = clock;
    }

    @Nullable
    Stored get(Key key) {
        Node node = entries.get(key);
        return node != null && isLive(node) ? node : null;
    }

    private boolean isLive(Node node) {
        return node.expiresAt() == Stored.NEVER || node.isLiveAt(clock.millis());
    }

    boolean put(Put put) {
        Key key = put.key();
        if (put.condition() == Condition.ALWAYS && put.expiry() == Expiry.NEVER) {
            entries.put(key, new Node(put.payload(), newVersion()));
            return true;
        }
        if (put.condition() == Condition.IF_ABSENT && get(key) != null) {
            return false;
        }
        return new Change(put.condition()) {
            @Override
            @Nullable
            Node replacement(@Nullable Node live) {
                return node(put.payload(), newVersion(), put.expiry(), live);
            }
        }.applyTo(key).applied;
    }

    DeleteResult delete(Delete delete) {
        Change change = new Change(delete.condition()) {
            @Override
            @Nullable
            Node replacement(@Nullable Node live) {
                return null;
            }
        }.applyTo(delete.key());
        if (!change.applied || change.live == null) {
            return DeleteResult.NONE;
        }
        return delete.wantsOld() ? new DeleteResult(true, change.live) : DeleteResult.DELETED;
    }

    boolean touch(Touch touch) {
        Change change = new Change(Condition.ALWAYS) {
            @Override
            @Nullable
            Node replacement(@Nullable Node live) {
                return live == null ? null : node(live.payload(), live.versionNumber(), touch.expiry(), live);
            }
        }.applyTo(touch.key());
        return change.live != null;
    }

    void remove(Key key) {
        entries.remove(key);
    }

    /** Up to {@code max} live entries with the prefix: the first in the order of a scan, behind a key if one is given. */
    List<ScanEntry> first(int max, String prefix, @Nullable Key after) {
        List<Map.Entry<Key, Node>> found = new ArrayList<>();
        Key last = null;
        for (Map.Entry<Key, Node> entry : entries.entrySet()) {
            Key key = entry.getKey();
            if ((after == null || SCAN_ORDER.compare(key, after) > 0)
                    && (last == null || SCAN_ORDER.compare(key, last) < 0)
                    && key.stored().startsWith(prefix)
                    && isLive(entry.getValue())) {
                found.add(entry);
                if (found.size() == PAGES_BETWEEN_SORTS * max) {
                    keepFirst(max, found);
                    last = found.get(max - 1).getKey();
                }
            }
        }
        keepFirst(max, found);
        return found.stream()
                .map(entry -> new ScanEntry(entry.getKey().stored(), entry.getValue()))
                .toList();
    }

    private static void keepFirst(int max, List<Map.Entry<Key, Node>> found) {
        found.sort(Map.Entry.comparingByKey(SCAN_ORDER));
        if (found.size() > max) {
            found.subList(max, found.size()).clear();
        }
    }

    int deleteExpired(int max) {
        long now = clock.millis();
        long lastBucket = DeadlineIndex.bucketOf(now);
        int removed = 0;
        DeadlineIndex.Due due;
        do {
            due = deadlines.pollUpTo(lastBucket);
            if (due != null) {
                removed += deleteExpired(due, now, max - removed);
            }
        } while (due != null && due.bucket() < lastBucket && removed < max);
        return removed;
    }

    private int deleteExpired(DeadlineIndex.Due due, long now, int max) {
        int removed = 0;
        for (Key key : due.keys()) {
            if (removed == max) {
                deadlines.add(key, due.bucket());
            } else if (settle(key, due.bucket(), now)) {
                removed++;
            }
        }
        return removed;
    }

    /** Removes an expired entry, or files one that lives longer anew. Returns whether it was removed. */
    private boolean settle(Key key, long bucket, long now) {
        boolean[] removed = {false};
        entries.computeIfPresent(key, (k, node) -> {
            if (node.filedUnder() != bucket) {
                return node;
            }
            if (node.isLiveAt(now)) {
                return filed(k, node.filedUnder(DeadlineIndex.NOWHERE));
            }
            removed[0] = true;
            return null;
        });
        return removed[0];
    }

    private Node filed(Key key, Node node) {
        long bucket = DeadlineIndex.bucketOf(node.expiresAt());
        if (node.expiresAt() == Stored.NEVER || bucket >= node.filedUnder()) {
            return node;
        }
        deadlines.add(key, bucket);
        return node.filedUnder(bucket);
    }

    /** Throws stale references away once they outnumber the entries. */
    private void compactDeadlines() {
        int references = deadlines.references();
        if (references <= FEW_REFERENCES || references <= 2 * entries.size()) {
            return;
        }
        DeadlineIndex.Due due;
        List<DeadlineIndex.Due> all = new ArrayList<>();
        while ((due = deadlines.pollUpTo(DeadlineIndex.NOWHERE)) != null) {
            all.add(due);
        }
        for (DeadlineIndex.Due bucket : all) {
            for (Key key : new LinkedHashSet<>(bucket.keys())) {
                entries.computeIfPresent(key, (k, node) -> {
                    if (node.filedUnder() == bucket.bucket()) {
                        deadlines.add(k, bucket.bucket());
                    }
                    return node;
                });
            }
        }
    }

    /** How many references to entries the deadlines hold, stale ones included. */
    int references() {
        return deadlines.references();
    }

    private static long newVersion() {
        return ThreadLocalRandom.current().nextLong();
    }

    /** One atomic step from the entry that is there to another. Used once. */
    private abstract class Change {
        private final Condition condition;
        private long now;
        private boolean applied;
        private @Nullable Node live;

        Change(Condition condition) {
            this.condition = condition;
        }

        /** What is to be there instead; {@code null} for nothing. */
        abstract @Nullable Node replacement(@Nullable Node liveNode);

        Change applyTo(Key key) {
            entries.compute(key, this::step);
            compactDeadlines();
            return this;
        }

        private @Nullable Node step(Key key, @Nullable Node old) {
            now = clock.millis();
            live = old != null && old.isLiveAt(now) ? old : null;
            applied = holds();
            if (!applied) {
                return live;
            }
            Node next = replacement(live);
            return next == null || !next.isLiveAt(now) ? null : filed(key, next);
        }

        private boolean holds() {
            if (condition instanceof Condition.IfVersion ifVersion) {
                return live != null && live.version().equals(ifVersion.token());
            }
            return condition == Condition.ALWAYS || live == null;
        }

        /** A node that expires as told, and that the index refers to where it referred to its predecessor. */
        final Node node(Payload payload, long version, Expiry expiry, @Nullable Node predecessor) {
            long kept = predecessor == null ? Stored.NEVER : predecessor.expiresAt();
            long filedUnder = predecessor == null ? DeadlineIndex.NOWHERE : predecessor.filedUnder();
            return Node.of(payload, version, expiry.deadline(now, kept), filedUnder);
        }
    }
}
