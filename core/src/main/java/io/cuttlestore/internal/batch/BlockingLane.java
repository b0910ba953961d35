package io.cuttlestore.internal.batch;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Command;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A lane for callers who wait on their own threads. One that finds room travels alone. */
final class BlockingLane extends Lane<BlockedCaller<?>> {
    BlockingLane(Backend backend, int trips, boolean writes, Executor leaders) {
        super(backend, trips, writes, MOST_COMMANDS, leaders);
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
        BlockedCaller<R> caller = new BlockedCaller<>(command, leads);
        enqueue(caller);
        return caller.await(this);
    }

    @Override
    void tell(List<BlockedCaller<?>> done) {
        done.forEach(BlockedCaller::wake);
    }
}
