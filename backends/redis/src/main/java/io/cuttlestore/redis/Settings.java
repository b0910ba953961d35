package io.cuttlestore.redis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.HostAndPort;

/**
 * What a connection string for Redis says.
 *
 * @param arrangement how the servers work together
 * @param hosts the servers, nodes of the cluster or sentinels to begin with
 * @param primaryName what the sentinels call the primary; empty without sentinels
 * @param database the number of the logical database
 * @param credentials of the servers
 * @param sentinelCredentials of the sentinels
 * @param tls how TLS connections are made, if they are
 * @param poolSize how many connections to one server there may be
 * @param connectTimeout how long making a connection may take
 */
record Settings(
        Arrangement arrangement,
        List<HostAndPort> hosts,
        String primaryName,
        int database,
        Credentials credentials,
        Credentials sentinelCredentials,
        Optional<SSLSocketFactory> tls,
        int poolSize,
        Duration connectTimeout) {

    /** How the servers work together. */
    enum Arrangement {
        STANDALONE,
        CLUSTER,
        SENTINEL
    }

    /**
     * A user and a password, either of which may be missing.
     *
     * @param user of the access control list
     * @param password shown nowhere
     */
    record Credentials(Optional<String> user, Optional<String> password) {
        boolean isEmpty() {
            return user.isEmpty() && password.isEmpty();
        }

        @Override
        public String toString() {
            return user.orElse("the default user");
        }
    }

    /** What is opened, without credentials. */
    String location() {
        String scheme = (tls.isPresent() ? "rediss" : "redis")
                + switch (arrangement) {
                    case STANDALONE -> "://";
                    case CLUSTER -> "+cluster://";
                    case SENTINEL -> "+sentinel://";
                };
        String servers = hosts.stream().map(HostAndPort::toString).sorted().collect(Collectors.joining(","));
        String name = primaryName.isEmpty() ? "" : "/" + primaryName;
        return scheme + servers + name + (arrangement == Arrangement.CLUSTER ? "" : "/" + database);
    }
}
