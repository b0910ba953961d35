package io.cuttlestore.testkit;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random work of several threads on few keys, whose history must be linearizable. */
abstract class ConcurrencyRules extends Rules {
    private static final int THREADS = 4;
    private static final int CALLS = 25;
    private static final int ROUNDS = Effort.times(20);

    ConcurrencyRules(CuttlestoreKit kit) {
        super(kit);
    }

    /** Loses the reply to every seventh write. */
    private static final class LossyReplies extends PassThroughLayer {
        private final AtomicInteger writes = new AtomicInteger();

        LossyReplies(Backend inner) {
            super(inner);
        }

        @Override
        public <R extends @Nullable Object> R execute(Command<R> command) {
            R reply = inner().execute(command);
            if (command.isWrite() && writes.incrementAndGet() % 7 == 0) {
                throw new OutcomeUnknownException("a reply that the kit lost");
            }
            return reply;
        }
    }

    /** Each round has keys of its own; thread {@code i} works on the store {@code i} modulo their number. */
    private void assertLinearizable(List<Cuttlestore<String>> stores, Consumer<RandomCalls> work) {
        Effort.seeded(seed -> {
            Random seeds = new Random(seed);
            for (int round = 0; round < ROUNDS; round++) {
                History history = new History();
                List<String> keys = List.of("a" + round, "b" + round);
                long roundSeed = seeds.nextLong();
                Threads.together(THREADS, thread -> () -> {
                    RecordingStore store = new RecordingStore(stores.get(thread % stores.size()), history);
                    RandomCalls calls = new RandomCalls(store, keys, "t" + thread, roundSeed + thread);
                    for (int call = 0; call < CALLS; call++) {
                        work.accept(calls);
                    }
                    return null;
                });
                Linearizability.judge(history).require();
            }
        });
    }

    @Test
    @DisplayName("reads, writes and deletes are linearizable per key, in bulk as well")
    void readsAndWrites() {
        assertLinearizable(List.of(store()), RandomCalls::readOrWrite);
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("conditional writes are linearizable per key, among themselves and with plain writes")
    void conditionalWrites() {
        assertLinearizable(List.of(store()), RandomCalls::anything);
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("conditional writes are linearizable across connections, where there may be several")
    void acrossConnections() {
        List<Cuttlestore<String>> stores = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            stores.add(otherConnection().store(String.class));
        }
        assertLinearizable(stores, RandomCalls::anything);
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("histories are linearizable with lost replies, whose writes took place once or never")
    void lostReplies() {
        CuttlestoreConnection connection =
                closing(builder(url()).layer(LossyReplies::new).connect());
        assertLinearizable(List.of(connection.store(String.class)), RandomCalls::anything);
    }
}
