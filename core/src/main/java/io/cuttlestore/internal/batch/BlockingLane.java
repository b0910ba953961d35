package io.cuttlestore.internal.batch;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Command;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A lane for callers who wait on their own threads. One that finds room travels alone. */
final class BlockingLane extends Lane<BlockedCaller<?>> {
    /** How often a platform thread lets others run before it sleeps, as to be woken costs more than to be answered. */
    private static final int YIELDS = 4;

    private final int yields;

    BlockingLane(Backend backend, int trips, boolean writes, Executor leaders) {
        super(backend, trips, writes, MOST_COMMANDS, leaders);
        this.yields = trips > 1 ? YIELDS : 0; // where there is one trip at a time, yields hold up its leader
    }

    /** Carries the command out and returns its reply. */
    <R extends @Nullable Object> R execute(Command<R> command) {
        boolean leads = !VirtualThreads.currentIsVirtual(); // an interrupt would close the socket under all others
        if (leads && enter()) {
            try {
                return backend().execute(command);
            } finally {
                passOn();
            }
        }
        BlockedCaller<R> caller = new BlockedCaller<>(command, leads, yields);
        enqueue(caller);
        return caller.await(this);
    }

    @Override
    void tell(List<BlockedCaller<?>> done) {
        done.forEach(BlockedCaller::wake);
    }
}
