package io.cuttlestore.reliability.network;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.redis.RedisSentinel;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import java.util.SplittableRandom;

/** Kills a primary while it is written to; a sentinel makes its replica the primary. New servers each time. */
final class SentinelFailover implements Trial.Session {
    private static final int LOAD_MILLIS = 300;

    private final Stalls stalls = new Stalls();
    private final Watch watch;
    private final Tally tally;

    SentinelFailover(Site site) {
        this.tally = site.tally();
        this.watch = new Watch(ClusterFailover.TIMEOUT, stalls, tally);
    }

    @Override
    public void attempt(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        try (RedisSentinel servers = RedisSentinel.start();
                CuttlestoreConnection connection = Cuttlestore.builder(
                                "redis+sentinel://" + servers.sentinel().address() + "/" + RedisSentinel.MASTER)
                        .timeout(ClusterFailover.TIMEOUT)
                        .connect()) {
            Bookkeeper books = new Bookkeeper("f", connection.store(String.class), watch, tally);
            books.begin(random.nextLong());
            Pause.millis(random.nextInt(LOAD_MILLIS));
            books.lose(servers.primary(), key -> true);
            books.end();
        }
        watch.requireNoComplaints();
        tally.count("primaries killed");
    }

    @Override
    public void close() {
        stalls.close();
    }
}
