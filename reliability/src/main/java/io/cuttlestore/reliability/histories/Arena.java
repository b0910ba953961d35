package io.cuttlestore.reliability.histories;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.reliability.histories.Sharing.Custom;
import io.cuttlestore.spi.Layer;
import io.cuttlestore.testkit.Backends;
import io.cuttlestore.testkit.FaultPlan;
import io.cuttlestore.testkit.History;
import io.cuttlestore.testkit.RandomCalls;
import io.cuttlestore.testkit.RecordingStore;
import io.cuttlestore.testkit.Threads;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A store on which threads of this process work. A seed decides whether it loses replies and has other faults, as half of
 * them do, and who shares trips to it.
 */
final class Arena implements AutoCloseable {
    private static final List<String> KEYS =
            IntStream.range(0, 10).mapToObj(i -> "k" + i).toList();
    private static final List<Custom> CUSTOMS = List.of(Custom.values());
    private static final int CALLS = 60;
    private static final int ONE_FAULT_IN = 12;

    private final long seed;
    private final int process;
    private final FaultPlan faults = new FaultPlan();
    private final Sharing sharing;
    private final CuttlestoreConnection connection;

    /**
     * Opens it.
     *
     * @param seed is the same for all processes that share the store
     * @param process the number of this one
     * @param planted a layer around the backend, for tests
     */
    Arena(String connectionString, long seed, int process, Layer planted) {
        this.process = process;
        this.seed = seed + process;
        SplittableRandom random = new SplittableRandom(seed);
        this.sharing = new Sharing(CUSTOMS.get(random.nextInt(CUSTOMS.size())));
        if (random.nextBoolean()) {
            faults.randomly(this.seed, ONE_FAULT_IN);
        }
        this.connection = Backends.wrapped(
                        connectionString, backend -> sharing.wrap(faults.wrap(planted.wrap(backend))))
                .connect();
    }

    /** Lets so many threads make calls. */
    Play play(int threads) throws Exception {
        Cuttlestore<String> store = connection.store(String.class);
        History history = new History();
        Threads.together(threads, thread -> () -> {
            RecordingStore recording = new RecordingStore(store, history);
            String name = "p" + process + "t" + thread;
            RandomCalls calls = new RandomCalls(recording, KEYS, name, seed * 31 + thread);
            for (int call = 0; call < CALLS; call++) {
                calls.anything();
            }
            return null;
        });
        return new Play(history.operations(), faults.injected(), sharing.shared());
    }

    @Override
    public void close() {
        connection.close();
    }
}
