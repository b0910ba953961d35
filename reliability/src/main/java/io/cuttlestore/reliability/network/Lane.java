package io.cuttlestore.reliability.network;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreBuilder;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.reliability.Tally;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** Faults of the network that befall one connection of ours to servers of its own, one after the other. */
final class Lane implements AutoCloseable {
    /** Short, since there are many calls that are never answered. */
    static final Duration TIMEOUT = Duration.ofMillis(250);

    private static final Duration WORKS_AGAIN_WITHIN = Duration.ofSeconds(3);
    private static final Duration BEGINS_WITHIN = Duration.ofSeconds(20);
    private static final Duration CLOSES_WITHIN = Duration.ofSeconds(5);

    private static final int WARM_UP = 2;

    /** Within the first calls. */
    private static final int FIRST_BYTES = 600;

    /** How long a fault that is no single event lasts at most: less than the time limit, so that some calls outlast it. */
    private static final int LASTS_MILLIS = 150;

    /** The most events, each of which leaves up to a batch of writes with unknown outcomes. */
    private static final int MOST_EVENTS = 3;

    /** More could not be judged if many have unknown outcomes. */
    private static final int MOST_CALLS = 50;

    /** One attempt in so many opens another connection meanwhile. */
    private static final int OPENS = 4;

    private final Servers servers;
    private final List<Fault> faults;
    private final UnaryOperator<CuttlestoreBuilder> setUp;
    private final Tally tally;
    private final Watch watch;
    private final CuttlestoreConnection connection;
    private final Cuttlestore<String> store;
    private int attempts;

    /**
     * A lane.
     *
     * @param faults that befall it; {@link Fault#CUT} does so at each byte of replies
     * @param setUp changes how the connection is made
     */
    Lane(Servers servers, List<Fault> faults, UnaryOperator<CuttlestoreBuilder> setUp, Stalls stalls, Tally tally) {
        this.servers = servers;
        this.faults = faults;
        this.setUp = setUp;
        this.tally = tally;
        this.watch = new Watch(TIMEOUT, stalls, tally);
        this.connection = opened();
        this.store = connection.store(String.class);
    }

    /** Opened as often as it takes: so many lanes that begin at a time on a JVM that has just begun are slow. */
    private CuttlestoreConnection opened() {
        List<CuttlestoreConnection> opened = new ArrayList<>();
        Recovery.await(BEGINS_WITHIN, () -> opened.add(open()));
        return opened.get(0);
    }

    private CuttlestoreConnection open() {
        CuttlestoreBuilder builder =
                Cuttlestore.builder(servers.connectionString()).timeout(TIMEOUT).executor(Callers.THREADS);
        return setUp.apply(builder).connect();
    }

    /** Attempts each of the faults some times without asking how long anything takes. */
    void warmUp() {
        watch.untimed(() -> {
            for (int seed = 0; seed < WARM_UP; seed++) {
                attempt(seed);
            }
        });
    }

    /** Attempts each of the faults. */
    void attempt(long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        for (Fault fault : faults) {
            long own = seeds.nextLong();
            try {
                if (fault == Fault.CUT) {
                    new Sweep("s" + attempts, servers, store, watch, tally).attempt(own);
                } else {
                    attempt(fault, own);
                }
            } catch (AssertionError e) {
                throw new AssertionError(fault + ": " + e.getMessage(), e);
            }
            servers.flush();
        }
        attempts++;
    }

    private void attempt(Fault fault, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Traffic traffic = new Traffic("t" + attempts + "-" + fault.name(), store, watch);
        traffic.anchor(WORKS_AGAIN_WITHIN);
        Strike strike = strike(fault, random);
        boolean opens = random.nextInt(OPENS) == 0;
        long lasts = random.nextInt(LASTS_MILLIS + 1);
        AtomicBoolean over = new AtomicBoolean();
        servers.expect(strike);
        long calls = random.nextLong();
        CompletableFuture<Void> flow = Callers.run(() -> traffic.flow(calls, MOST_CALLS, over::get));
        CompletableFuture<Void> opening = Callers.run(() -> {
            strike.awaitBegin(BEGINS_WITHIN);
            if (opens) {
                openAndClose();
            }
        });
        strike.awaitBegin(BEGINS_WITHIN);
        Pause.millis(lasts);
        strike.callOff();
        over.set(true);
        Callers.await(List.of(flow, opening), Traffic.ENDS_WITHIN);
        Recovery.note(traffic.awaitRecovery(WORKS_AGAIN_WITHIN), tally);
        traffic.judge(WORKS_AGAIN_WITHIN);
        tally.count(name(fault));
    }

    static String name(Fault fault) {
        return fault.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static Strike strike(Fault fault, SplittableRandom random) {
        return new Strike(
                fault,
                random.nextBoolean() ? Direction.REQUESTS : Direction.REPLIES,
                random.nextInt(FIRST_BYTES),
                fault.isEvent() ? 1 + random.nextInt(MOST_EVENTS) : Integer.MAX_VALUE,
                random.nextInt(3) == 0 ? (int) TIMEOUT.toMillis() * 3 / 2 : 20,
                random.nextLong());
    }

    private void openAndClose() {
        long begin = System.nanoTime();
        CuttlestoreConnection opened = null;
        try {
            opened = open();
            tally.count("connections opened meanwhile");
        } catch (RuntimeException e) {
            watch.requireDocumented("open", e);
        }
        watch.requireInTime("open", TIMEOUT, begin);
        if (opened != null) {
            close(opened);
        }
    }

    private void close(CuttlestoreConnection opened) {
        long begin = System.nanoTime();
        opened.close();
        watch.requireInTime("close", CLOSES_WITHIN, begin);
    }

    @Override
    public void close() throws IOException {
        try {
            close(connection);
            watch.requireNoComplaints();
        } finally {
            servers.close();
        }
    }
}
