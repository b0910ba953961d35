package io.cuttlestore.internal.batch;

import io.cuttlestore.spi.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * First in, first out for each key: a write begins when all before it on its key are done, and a read when all writes
 * before it are. Thread-safe.
 */
final class KeyOrder {
    private final Map<Key, Group> last = new ConcurrentHashMap<>();

    /** Commands on one key that may be under way together: reads, or a single write. Guarded by the map's entry. */
    private static final class Group {
        private final boolean reads;
        private final List<Runnable> waiting = new ArrayList<>();
        private boolean begun;
        private int unfinished;
        private @Nullable Group next;

        private Group(boolean reads) {
            this.reads = reads;
        }
    }

    /** The turn of one command on its key. */
    static final class Turn {
        private final Key key;
        private final boolean write;
        private @Nullable Group group;

        Turn(Key key, boolean write) {
            this.key = key;
            this.write = write;
        }
    }

    /** Runs {@code begin} now or when the turn comes; {@link #leave} must follow once the command is done. */
    void enter(Turn turn, Runnable begin) {
        boolean[] now = new boolean[1];
        last.compute(turn.key, (key, tail) -> {
            Group group = tail != null && tail.reads && !turn.write ? tail : behind(tail, !turn.write);
            group.unfinished++;
            if (!group.begun) {
                group.waiting.add(begin);
            }
            now[0] = group.begun;
            turn.group = group;
            return group;
        });
        if (now[0]) {
            begin.run();
        }
    }

    private static Group behind(@Nullable Group tail, boolean reads) {
        Group group = new Group(reads);
        if (tail == null) {
            group.begun = true;
        } else {
            tail.next = group;
        }
        return group;
    }

    /** Whether nothing is under way. */
    boolean isEmpty() {
        return last.isEmpty();
    }

    /** Lets the next ones on the key begin if this was the last of its group. */
    void leave(Turn turn) {
        List<Runnable> beginning = new ArrayList<>();
        last.computeIfPresent(turn.key, (key, tail) -> {
            Group group = Objects.requireNonNull(turn.group);
            group.unfinished--;
            if (group.unfinished > 0) {
                return tail;
            }
            if (group.next == null) {
                return null;
            }
            group.next.begun = true;
            beginning.addAll(group.next.waiting);
            return tail;
        });
        beginning.forEach(Runnable::run);
    }
}
