package io.cuttlestore.reliability.network;

import io.cuttlestore.redis.RedisCluster;
import io.cuttlestore.redis.RedisServer;
import io.cuttlestore.redis.TlsCertificates;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Real servers of Redis, each behind a proxy through which alone clients find it. */
final class Servers implements AutoCloseable {
    private static final Duration NAMED_WITHIN = Duration.ofSeconds(20);

    private final String scheme;
    private final String options;
    private final List<RedisServer> nodes;
    private final AutoCloseable owner;
    private final List<Proxy> proxies = new ArrayList<>();

    private Servers(String scheme, String options, List<RedisServer> nodes, AutoCloseable owner) {
        this.scheme = scheme;
        this.options = options;
        this.nodes = nodes;
        this.owner = owner;
        for (RedisServer node : nodes) {
            proxies.add(new Proxy(node.port()));
        }
    }

    /** One server. */
    static Servers standalone() {
        RedisServer server = RedisServer.start();
        return new Servers("redis", "", List.of(server), server);
    }

    /** One server that speaks TLS only. */
    static Servers tls(TlsCertificates certificates) {
        RedisServer server = RedisServer.builder()
                .tls(certificates, certificates.server(), false)
                .start();
        return new Servers("rediss", "?ca=" + certificates.ca().certificate(), List.of(server), server);
    }

    /** A cluster of three primaries that give the addresses of their proxies for their own. */
    static Servers cluster() {
        RedisCluster cluster = RedisCluster.start();
        Servers servers = new Servers("redis+cluster", "", cluster.nodes(), cluster);
        servers.announceProxies();
        return servers;
    }

    private void announceProxies() {
        Set<Integer> ports = new HashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            ports.add(proxies.get(i).port());
            nodes.get(i)
                    .command(
                            "CONFIG",
                            "SET",
                            "cluster-announce-port",
                            "" + proxies.get(i).port());
        }
        Recovery.await(
                NAMED_WITHIN, () -> nodes.stream().allMatch(node -> named(node).equals(ports)));
    }

    /** The ports that a node names for the primaries of its cluster. */
    private static Set<Integer> named(RedisServer node) {
        return ((List<?>) node.command("CLUSTER", "SLOTS"))
                .stream()
                        .map(range -> (List<?>) ((List<?>) range).get(2))
                        .map(primary -> ((Long) primary.get(1)).intValue())
                        .collect(Collectors.toSet());
    }

    /** What a client is told. */
    String connectionString() {
        return scheme + "://"
                + proxies.stream()
                        .map(proxy -> RedisServer.HOST + ":" + proxy.port())
                        .collect(Collectors.joining(","))
                + options;
    }

    /** From now on this is what will happen, on whichever of the connections. */
    void expect(Strike strike) {
        proxies.forEach(proxy -> proxy.expect(strike));
    }

    /** Ends all connections. */
    void drop() {
        proxies.forEach(Proxy::drop);
    }

    /** Removes all that is stored. */
    void flush() {
        nodes.forEach(node -> node.command("FLUSHALL"));
    }

    @Override
    public void close() throws IOException {
        for (Proxy proxy : proxies) {
            proxy.close();
        }
        try {
            owner.close();
        } catch (Exception e) {
            throw new IOException("the servers did not end", e);
        }
    }
}
