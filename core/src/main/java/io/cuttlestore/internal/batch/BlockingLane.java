package io.cuttlestore.internal.batch;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Command;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A lane for callers who wait on their own threads. One that finds room travels alone. */
final class BlockingLane extends Lane<BlockedCaller<?>> {
    /** How often a platform thread in a crowd lets others run before it sleeps; to be woken costs more. */
    private static final int YIELDS = 16;

    /** With fewer in the queue, those who yield only take the processor from the leader and the server. */
    private static final int CROWD = 12;

    private final int yields;

    BlockingLane(Backend backend, int trips, boolean writes, Executor leaders) {
        super(backend, trips, writes, MOST_COMMANDS, leaders);
        this.yields = trips > 1 ? YIELDS : 0; // a single trip's leader is held up by them
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
        BlockedCaller<R> caller = new BlockedCaller<>(command, leads, isCrowd(CROWD) ? yields : 0);
        enqueue(caller);
        return caller.await(this);
    }

    @Override
    void tell(List<BlockedCaller<?>> done) {
        done.forEach(BlockedCaller::wake);
    }
}
