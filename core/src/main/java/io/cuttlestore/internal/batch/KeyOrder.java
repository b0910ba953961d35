package io.cuttlestore.internal.batch;

import io.cuttlestore.spi.Key;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * First in, first out for each key: a write begins when all before it on its key are done, and a read when all writes
 * before it are. Thread-safe.
 *
 * @param <C> the commands
 */
final class KeyOrder<C> {
    private final Map<Key, Turn<C>> last = new ConcurrentHashMap<>();

    /** The turn of one command on its key: a link of the key's chain, guarded by the map's entry. */
    static final class Turn<C> {
        private final C command;
        private final Key key;
        private final boolean write;
        private boolean beginsAtOnce;
        private boolean begun;
        private @Nullable Turn<C> previous;
        private @Nullable Turn<C> next;

        Turn(C command, Key key, boolean write) {
            this.command = command;
            this.key = key;
            this.write = write;
        }

        /** Whether it may be under way: alone, or as a read behind reads that are. */
        private boolean mayBegin() {
            return previous == null || (previous.begun && !previous.write && !write);
        }
    }

    /**
     * Joins the key's chain; {@link #leave} must follow once the command is done.
     *
     * @return whether the command may begin at once
     */
    boolean enter(Turn<C> turn) {
        last.compute(turn.key, (key, tail) -> {
            turn.previous = tail;
            if (tail != null) {
                tail.next = turn;
            }
            turn.beginsAtOnce = turn.mayBegin();
            turn.begun = turn.beginsAtOnce;
            return turn;
        });
        return turn.beginsAtOnce;
    }

    /**
     * Leaves the key's chain, from whatever place.
     *
     * @return the commands that may begin now
     */
    List<C> leave(Turn<C> turn) {
        List<C> beginning = new ArrayList<>(0);
        last.computeIfPresent(turn.key, (key, tail) -> {
            Turn<C> previous = turn.previous;
            Turn<C> next = turn.next;
            if (previous != null) {
                previous.next = next;
            }
            if (next != null) {
                next.previous = previous;
            }
            for (Turn<C> each = next; each != null && !each.begun && each.mayBegin(); each = each.next) {
                each.begun = true;
                beginning.add(each.command);
            }
            return tail == turn ? previous : tail;
        });
        return beginning;
    }

    /** All commands that are under way or wait. */
    List<C> commands() {
        List<C> commands = new ArrayList<>();
        for (Key each : last.keySet()) {
            last.computeIfPresent(each, (key, tail) -> {
                for (Turn<C> turn = tail; turn != null; turn = turn.previous) {
                    commands.add(turn.command);
                }
                return tail;
            });
        }
        return commands;
    }

    /** Whether nothing is under way. */
    boolean isEmpty() {
        return last.isEmpty();
    }
}
