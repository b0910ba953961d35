package io.cuttlestore.reliability.network;

import io.cuttlestore.redis.RedisServers;
import io.cuttlestore.reliability.Trial;
import java.util.List;
import java.util.function.Supplier;

/** The trials of this package. */
public final class NetworkTrials {
    /** Attempts, which are 500 faults of each kind. */
    private static final int FAULTS = 500 / Faults.ROUNDS;

    private static final int FAULTS_WHEN_QUICK = 1;

    private static final int FAILOVERS = 50;
    private static final int FAILOVERS_WHEN_QUICK = 1;

    private static final int MOVES = 50;
    private static final int MOVES_WHEN_QUICK = 3;

    private NetworkTrials() {}

    public static List<Trial> all() {
        return List.of(
                faults("network-redis", "one server", Servers::standalone),
                faults("network-redis-tls", "one server over TLS", () -> Servers.tls(RedisServers.certificates())),
                faults("network-redis-cluster", "a cluster of three", Servers::cluster),
                new Trial(
                        "failover-redis-cluster",
                        "a primary of a cluster is killed while four threads write: all keys can be read and written within 10 s,"
                                + " hold a value that was written to them, and lack acknowledged writes only if theirs was that primary",
                        FAILOVERS,
                        FAILOVERS_WHEN_QUICK,
                        ClusterFailover::new),
                new Trial(
                        "failover-redis-sentinel",
                        "a primary that a sentinel watches is killed while four threads write: the same",
                        FAILOVERS,
                        FAILOVERS_WHEN_QUICK,
                        SentinelFailover::new),
                new Trial(
                        "failover-redis-slots",
                        "a slot of a cluster is moved by hand, twice, while four callers use its keys: histories are"
                                + " linearizable, nothing is lost, all works within 10 s",
                        MOVES,
                        MOVES_WHEN_QUICK,
                        MovingSlots::new));
    }

    private static Trial faults(String name, String servers, Supplier<Servers> start) {
        return new Trial(
                name,
                "between four callers on one connection and " + servers
                        + " replies are, five times each, delayed, reset, swallowed, dripped byte by byte, cut after each byte, left to a"
                        + " connection that lives on, half closed: each call ends within its timeout + 10 %, gets what belongs"
                        + " to it or an exception that is documented, histories are linearizable, and all works again within 3 s",
                FAULTS,
                FAULTS_WHEN_QUICK,
                site -> new Faults(site, start));
    }
}
