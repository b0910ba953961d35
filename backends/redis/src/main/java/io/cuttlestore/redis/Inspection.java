package io.cuttlestore.redis;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.ClockSource;
import io.cuttlestore.Durability;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.Limits;
import io.cuttlestore.Traits;
import io.cuttlestore.TripCost;
import io.cuttlestore.redis.Settings.Arrangement;
import io.cuttlestore.spi.Deadline;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** What the servers of a store say of themselves when it is opened. */
final class Inspection {
    /** The server's own limit of a string, unless its {@code proto-max-bulk-len} says otherwise. */
    private static final long MAX_VALUE_BYTES = 512L * 1024 * 1024;

    private static final Pattern VERSION = Pattern.compile("(\\d{1,5})\\.(\\d{1,5})\\..*");

    private final Topology topology;
    private final Arrangement arrangement;
    private final Deadline deadline;
    private String version = "";
    private boolean mayEvict;

    private Inspection(Topology topology, Arrangement arrangement, Deadline deadline) {
        this.topology = topology;
        this.arrangement = arrangement;
        this.deadline = deadline;
    }

    /**
     * Looks at all primaries.
     *
     * @throws io.cuttlestore.CuttlestoreException if one can't be reached or is of no use
     */
    static Capabilities of(Topology topology, Arrangement arrangement, Deadline deadline) {
        Inspection inspection = new Inspection(topology, arrangement, deadline);
        topology.layout(deadline).primaries().forEach(inspection::visit);
        return inspection.capabilities();
    }

    private void visit(HostAndPort server) {
        NodePool pool = topology.at(server);
        RedisConnection connection = pool.borrow(deadline);
        try {
            connection.ask(new CommandArguments(Command.PING), deadline);
            look(server, connection);
        } catch (JedisDataException e) {
            throw RedisErrors.reply("opening Redis at " + server, e);
        } catch (JedisConnectionException e) {
            throw RedisErrors.connecting(server, deadline, e);
        } finally {
            pool.giveBack(connection);
        }
    }

    private void look(HostAndPort server, RedisConnection connection) {
        Info info;
        try {
            info = Info.of(connection, "server", deadline);
            mayEvict |= !Info.of(connection, "memory", deadline)
                    .get("maxmemory_policy")
                    .equals("noeviction");
        } catch (JedisDataException e) {
            if (!RedisErrors.text(e).startsWith("NOPERM")) {
                throw e;
            }
            mayEvict = true;
            return;
        }
        version = info.get("redis_version");
        requireVersion(server);
        requireArrangement(server, info.get("redis_mode"));
    }

    private void requireVersion(HostAndPort server) {
        Matcher matcher = VERSION.matcher(version);
        if (matcher.matches() && Integer.parseInt(matcher.group(1)) * 100 + Integer.parseInt(matcher.group(2)) < 602) {
            throw new IncompatibleStoreException(
                    "Redis at " + server + " is version " + version + "; 6.2 or later is needed");
        }
    }

    private void requireArrangement(HostAndPort server, String mode) {
        if (mode.equals("cluster") && arrangement != Arrangement.CLUSTER) {
            throw new InvalidConnectionStringException(
                    "Redis at " + server + " is a node of a cluster; use redis+cluster:// or rediss+cluster://");
        }
        if (mode.equals("sentinel")) {
            throw new InvalidConnectionStringException(
                    "Redis at " + server + " is a sentinel; use redis+sentinel:// or rediss+sentinel://");
        }
    }

    private Capabilities capabilities() {
        Traits traits = new Traits(
                "redis",
                version.isEmpty() ? "Redis" : "Redis " + version,
                Durability.SERVER,
                ClockSource.SERVER,
                TripCost.DEAR,
                false);
        Capabilities.Builder builder = Capabilities.builder(traits, Limits.ofValues(MAX_VALUE_BYTES))
                .natively(
                        Capability.CONDITIONAL,
                        Capability.TTL,
                        Capability.CHEAP_TOUCH,
                        Capability.SCAN,
                        Capability.SHARED,
                        Capability.PLAIN_VALUES);
        return mayEvict
                ? builder.build()
                : builder.natively(Capability.NO_EVICTION).build();
    }
}
