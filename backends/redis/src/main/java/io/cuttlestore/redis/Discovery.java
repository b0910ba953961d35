package io.cuttlestore.redis;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;

/** Finds out which servers hold which keys. Thread-safe. */
interface Discovery {
    /**
     * Asks for the present layout.
     *
     * @param before what was found last, if anything was
     * @throws CuttlestoreException if nobody answers in time
     */
    Layout find(@Nullable Layout before, Deadline deadline);

    /** The discovery that fits an arrangement. */
    static Discovery of(Settings settings, Connector connector, WriteGuard guard) {
        return switch (settings.arrangement()) {
            case STANDALONE -> fixed(settings.hosts().get(0));
            case CLUSTER -> cluster(settings.hosts(), connector);
            case SENTINEL ->
                sentinels(
                        settings.hosts(),
                        settings.primaryName(),
                        new Connector(settings, settings.sentinelCredentials(), 0, guard));
        };
    }

    /** One server, always the same. */
    static Discovery fixed(HostAndPort server) {
        Layout layout = Layout.of(server);
        return (before, deadline) -> layout;
    }

    /** Asks sentinels for the primary (https://redis.io/docs/latest/develop/reference/sentinel-clients/). */
    static Discovery sentinels(List<HostAndPort> sentinels, String primaryName, Connector connector) {
        Informants informants = new Informants(connector);
        return (before, deadline) -> informants.ask(sentinels, deadline, (connection, asked, share) -> {
            CommandArguments question = new CommandArguments(Command.SENTINEL)
                    .add("GET-MASTER-ADDR-BY-NAME")
                    .add(primaryName);
            List<?> address;
            try {
                address = (List<?>) connection.ask(question, share);
            } catch (JedisDataException unknown) {
                throw new StoreUnavailableException("the sentinel at " + asked + " does not know a primary named '"
                        + primaryName + "': '" + RedisErrors.text(unknown) + "'");
            }
            return Layout.of(new HostAndPort(text(address.get(0)), Integer.parseInt(text(address.get(1)))));
        });
    }

    /** Asks the nodes of a cluster for its slots, those known from before sooner than the seeds. */
    static Discovery cluster(List<HostAndPort> seeds, Connector connector) {
        Informants informants = new Informants(connector);
        return (before, deadline) -> {
            Set<HostAndPort> nodes = new LinkedHashSet<>(before == null ? List.of() : before.primaries());
            nodes.addAll(seeds);
            return informants.ask(nodes, deadline, (connection, asked, share) -> {
                try {
                    Object ranges = connection.ask(new CommandArguments(Command.CLUSTER).add("SLOTS"), share);
                    return layout((List<?>) ranges, asked);
                } catch (JedisDataException e) {
                    if (RedisErrors.text(e).contains("cluster support disabled")) {
                        throw new InvalidConnectionStringException(
                                "Redis at " + asked + " is not part of a cluster; use redis:// or rediss://");
                    }
                    throw RedisErrors.reply("asking Redis at " + asked + " for the slots of its cluster", e);
                }
            });
        };
    }

    private static Layout layout(List<?> ranges, HostAndPort asked) {
        @Nullable HostAndPort[] slots = new HostAndPort[Layout.SLOTS];
        Set<HostAndPort> primaries = new TreeSet<>(Comparator.comparing(HostAndPort::toString));
        for (Object range : ranges) {
            List<?> parts = (List<?>) range;
            List<?> node = (List<?>) parts.get(2);
            String host = node.get(0) == null ? "" : text(node.get(0));
            HostAndPort primary =
                    new HostAndPort(host.isEmpty() ? asked.getHost() : host, ((Long) node.get(1)).intValue());
            primaries.add(primary);
            Arrays.fill(slots, ((Long) parts.get(0)).intValue(), ((Long) parts.get(1)).intValue() + 1, primary);
        }
        if (primaries.isEmpty()) {
            throw new StoreUnavailableException("the cluster of Redis at " + asked + " serves no slots");
        }
        return new Layout(new ArrayList<>(primaries), Arrays.asList(slots));
    }

    private static String text(Object bulk) {
        return new String((byte[]) bulk, StandardCharsets.UTF_8);
    }
}
