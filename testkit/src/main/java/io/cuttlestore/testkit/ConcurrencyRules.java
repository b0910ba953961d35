package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.Entry;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Command;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random work of several threads on few keys, whose history must be linearizable. */
abstract class ConcurrencyRules extends Rules {
    private static final int THREADS = 4;
    private static final int CALLS = 25;
    private static final int ROUNDS = Effort.times(20);

    private final AtomicInteger values = new AtomicInteger();

    ConcurrencyRules(CuttlestoreKit kit) {
        super(kit);
    }

    /** A call of a thread on the keys of a round. */
    @FunctionalInterface
    private interface Work {
        void call(RecordingStore<String> store, List<String> keys, Random random);
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

    private String newValue() {
        return "v" + values.incrementAndGet();
    }

    /** Each round has keys of its own; thread {@code i} works on the store {@code i} modulo their number. */
    private void assertLinearizable(List<Cuttlestore<String>> stores, Work work) {
        Effort.seeded(seed -> {
            Random seeds = new Random(seed);
            for (int round = 0; round < ROUNDS; round++) {
                History<String> history = new History<>();
                List<String> keys = List.of("a" + round, "b" + round);
                long roundSeed = seeds.nextLong();
                Threads.together(THREADS, thread -> () -> {
                    Random random = new Random(roundSeed + thread);
                    RecordingStore<String> store = new RecordingStore<>(stores.get(thread % stores.size()), history);
                    for (int call = 0; call < CALLS; call++) {
                        work.call(store, keys, random);
                    }
                    return null;
                });
                assertThat(Linearizability.violation(history)).isEmpty();
            }
        });
    }

    private void readOrWrite(RecordingStore<String> store, List<String> keys, Random random) {
        String key = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(8)) {
            case 0, 1 -> store.put(key, newValue());
            case 2 -> store.delete(key);
            case 3 -> store.contains(key);
            case 4 -> store.getAll(keys);
            case 5 -> {
                Map<String, String> all = new HashMap<>();
                keys.forEach(each -> all.put(each, newValue()));
                store.putAll(all);
            }
            default -> store.get(key);
        }
    }

    private void anything(RecordingStore<String> store, List<String> keys, Random random) {
        String key = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(10)) {
            case 0, 1 -> store.putIfAbsent(key, newValue());
            case 2 -> store.getAndDelete(key);
            case 3, 4 -> store.entry(key).ifPresent(seen -> store.replace(key, seen, newValue()));
            case 5 -> store.entry(key).ifPresent(seen -> store.delete(key, seen));
            case 6 -> store.update(key, seen -> Optional.of(newValue()));
            case 7 -> {
                Optional<Entry<String>> seen = store.entry(key);
                readOrWrite(store, keys, random);
                seen.ifPresent(old -> store.replace(key, old, newValue()));
            }
            default -> readOrWrite(store, keys, random);
        }
    }

    @Test
    @DisplayName("reads, writes and deletes are linearizable per key, in bulk as well")
    void readsAndWrites() {
        assertLinearizable(List.of(store()), this::readOrWrite);
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("conditional writes are linearizable per key, among themselves and with plain writes")
    void conditionalWrites() {
        assertLinearizable(List.of(store()), this::anything);
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("conditional writes are linearizable across connections, where there may be several")
    void acrossConnections() {
        List<Cuttlestore<String>> stores = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            stores.add(otherConnection().store(String.class));
        }
        assertLinearizable(stores, this::anything);
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("histories are linearizable with lost replies, whose writes took place once or never")
    void lostReplies() {
        CuttlestoreConnection connection =
                closing(builder(url()).layer(LossyReplies::new).connect());
        assertLinearizable(List.of(connection.store(String.class)), (store, keys, random) -> {
            String key = keys.get(random.nextInt(keys.size()));
            switch (random.nextInt(5)) {
                case 0 -> store.put(key, newValue());
                case 1 -> store.putIfAbsent(key, newValue());
                case 2 -> store.getAndDelete(key);
                case 3 -> store.update(key, seen -> Optional.of(newValue()));
                default -> store.get(key);
            }
        });
    }
}
