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
import java.util.Set;
import java.util.SplittableRandom;

/** Kills a primary of a cluster while it is written to; its replica takes over, and it comes back as the replica of that. */
final class ClusterFailover implements Trial.Session {
    static final Duration TIMEOUT = Duration.ofSeconds(1);

    private static final int LOAD_MILLIS = 300;

    private final Stalls stalls = new Stalls();
    private final RedisCluster cluster = RedisCluster.startWithReplicas();
    private final Nodes nodes = new Nodes(cluster.servers());
    private final CuttlestoreConnection connection;
    private final Watch watch;
    private final Tally tally;
    private int attempts;

    ClusterFailover(Site site) {
        this.tally = site.tally();
        this.watch = new Watch(TIMEOUT, stalls, tally);
        this.connection = Cuttlestore.builder("redis+cluster://" + cluster.addresses())
                .timeout(TIMEOUT)
                .connect();
    }

    @Override
    public void attempt(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        nodes.awaitReady();
        List<RedisServer> primaries = nodes.primaries();
        RedisServer victim = primaries.get(random.nextInt(primaries.size()));
        Set<Integer> slots = nodes.slots(victim);
        Bookkeeper books = new Bookkeeper("f" + attempts, connection.store(String.class), watch, tally);
        books.begin(random.nextLong());
        Pause.millis(random.nextInt(LOAD_MILLIS));
        books.lose(victim, key -> slots.contains(Nodes.slot(key)));
        books.end();
        watch.requireNoComplaints();
        tally.count("primaries killed");
        victim.restart();
        attempts++;
    }

    @Override
    public void close() {
        stalls.close();
        connection.close();
        cluster.close();
    }
}
