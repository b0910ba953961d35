package io.cuttlestore.reliability.network;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.redis.RedisCluster;
import io.cuttlestore.redis.RedisServer;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Moves a slot of a cluster to another node, and on to the next, while its keys are in use. Nothing may be lost. */
final class MovingSlots implements Trial.Session {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration WORKS_AGAIN_WITHIN = Duration.ofSeconds(10);
    private static final int MOST_CALLS = 1_000;
    private static final int LONGEST_STEP_MILLIS = 12;
    private static final int MOVES = 2;

    private final Stalls stalls = new Stalls();
    private final RedisCluster cluster = RedisCluster.start();
    private final Nodes nodes = new Nodes(cluster.nodes());
    private final CuttlestoreConnection connection = Cuttlestore.builder("redis+cluster://" + cluster.addresses())
            .timeout(TIMEOUT)
            .connect();
    private final Watch watch;
    private final Tally tally;
    private int attempts;

    MovingSlots(Site site) {
        this.tally = site.tally();
        this.watch = new Watch(TIMEOUT, stalls, tally);
    }

    @Override
    public void attempt(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        String tag = "{m" + attempts + "-" + random.nextInt(1_000) + "}";
        Traffic traffic = new Traffic(tag, connection.store(String.class), watch);
        traffic.anchor(WORKS_AGAIN_WITHIN);
        AtomicBoolean over = new AtomicBoolean();
        long calls = random.nextLong();
        CompletableFuture<Void> flow = Callers.run(() -> traffic.flow(calls, MOST_CALLS, over::get));
        for (int i = 0; i < MOVES; i++) {
            RedisServer from = nodes.owner(Nodes.slot(tag));
            List<RedisServer> others =
                    cluster.nodes().stream().filter(node -> node != from).toList();
            nodes.move(
                    Nodes.slot(tag),
                    from,
                    others.get(random.nextInt(others.size())),
                    () -> Pause.millis(random.nextInt(LONGEST_STEP_MILLIS + 1)));
            tally.count("slots moved");
        }
        over.set(true);
        Callers.await(List.of(flow), Traffic.ENDS_WITHIN);
        Recovery.note(traffic.awaitRecovery(WORKS_AGAIN_WITHIN), tally);
        traffic.judge(WORKS_AGAIN_WITHIN);
        attempts++;
    }

    @Override
    public void close() {
        stalls.close();
        try {
            requireRedirections();
        } finally {
            connection.close();
            cluster.close();
        }
    }

    /** TRYAGAIN is for commands on several keys, of which a cluster is sent none. */
    private void requireRedirections() {
        long moved = count("MOVED");
        long asked = count("ASK");
        long tornApart = count("TRYAGAIN");
        if (attempts > 0 && (moved == 0 || asked == 0)) {
            throw new AssertionError("no call met a slot on the move");
        }
        if (tornApart > 0) {
            throw new AssertionError("a command named several keys");
        }
    }

    private long count(String code) {
        long replies = nodes.errors(code);
        tally.count(code + " replies", replies);
        return replies;
    }
}
