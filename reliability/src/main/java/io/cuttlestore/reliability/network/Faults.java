package io.cuttlestore.reliability.network;

import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Trial;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Each fault of the network some times an attempt, those that make callers wait side by side. */
final class Faults implements Trial.Session {
    /** How often each fault comes about in an attempt: often, since an attempt takes as long as the slowest lane. */
    static final int ROUNDS = 5;

    private static final List<List<Fault>> LANES = List.of(
            List.of(Fault.DELAY),
            List.of(Fault.BLACKHOLE),
            List.of(Fault.DUPLICATE, Fault.RESET),
            List.of(Fault.HALF_CLOSE_TO_SERVER),
            List.of(Fault.DRIP, Fault.HALF_CLOSE_TO_CLIENT),
            List.of(Fault.CUT));

    private static final Duration BEGINS_WITHIN = Duration.ofMinutes(2);
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(2);

    private final Stalls stalls = new Stalls();
    private final SortedMap<Integer, Lane> lanes = new ConcurrentSkipListMap<>();

    /**
     * Starts the servers.
     *
     * @param start starts those of one lane
     */
    Faults(Site site, Supplier<Servers> start) throws IOException {
        List<CompletableFuture<Void>> starting = new ArrayList<>();
        for (int i = 0; i < LANES.size(); i++) {
            int number = i;
            starting.add(Callers.run(() -> {
                Lane lane = new Lane(start.get(), LANES.get(number), UnaryOperator.identity(), stalls, site.tally());
                lanes.put(number, lane);
                lane.warmUp();
            }));
        }
        try {
            Callers.await(starting, BEGINS_WITHIN);
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    @Override
    public void attempt(long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (Lane lane : lanes.values()) {
            SplittableRandom own = seeds.split();
            running.add(Callers.run(() -> {
                for (int round = 0; round < ROUNDS; round++) {
                    lane.attempt(own.nextLong());
                }
            }));
        }
        Callers.await(running, ENDS_WITHIN);
    }

    @Override
    public void close() throws IOException {
        stalls.close();
        for (Lane lane : lanes.values()) {
            lane.close();
        }
    }
}
