package io.cuttlestore.redis;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.redis.Errand.Next;
import io.cuttlestore.spi.Deadline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Brings commands to the servers that hold their keys: one pipeline per server, and {@code MGET} or {@code MSET} where all
 * are plain reads or plain writes, and many. Thread-safe.
 */
final class Dispatcher {
    /** As many servers as a command is sent to before it is given up: what clients of Redis have always used. */
    private static final int MOST_ROUNDS = 5;

    /** From how many keys on an {@code MGET}, which may take a second trip for absent ones, costs less than a pipeline. */
    private static final int MANY = 128;

    /** How many entries an {@code MSET} has at most: the server does nothing else while it runs. */
    private static final int WRITTEN_AT_ONCE = 250;

    private final Topology topology;
    private volatile boolean absoluteDeadlines = true;

    Dispatcher(Topology topology) {
        this.topology = topology;
    }

    /**
     * Carries out commands on different keys, or reads only; afterwards each has a result.
     *
     * @param deadline of all trips together, however long the commands themselves may take
     */
    void run(List<? extends Errand<?>> errands, Deadline deadline) {
        List<? extends Errand<?>> pending = errands;
        for (int round = 0; round < MOST_ROUNDS && !pending.isEmpty(); round++) {
            pending = round(pending, deadline);
        }
        pending.forEach(errand ->
                errand.failIfOpen(new StoreUnavailableException("Redis did not answer in " + MOST_ROUNDS + " trips")));
    }

    /** Makes a trip to each server, and returns what is to be sent again. */
    private List<Errand<?>> round(List<? extends Errand<?>> pending, Deadline deadline) {
        Layout layout;
        try {
            layout = topology.layout(deadline);
        } catch (CuttlestoreException e) {
            pending.forEach(errand -> errand.fail(e));
            return List.of();
        }
        List<Errand<?>> again = new ArrayList<>();
        if (layout.isCluster()) {
            byNode(pending, layout).forEach((node, group) -> trip(node, group, false, deadline, again));
        } else {
            trip(layout.primaries().get(0), pending, pending.size() >= MANY, deadline, again);
        }
        return again;
    }

    private Map<HostAndPort, List<Errand<?>>> byNode(List<? extends Errand<?>> errands, Layout layout) {
        Map<HostAndPort, List<Errand<?>>> groups = new LinkedHashMap<>();
        for (Errand<?> errand : errands) {
            HostAndPort node = errand.target() != null ? errand.target() : layout.primaryOf(errand.key());
            if (node == null) {
                topology.suspect();
                errand.fail(
                        new StoreUnavailableException("no node of the cluster serves the key's slot at the moment"));
            } else {
                groups.computeIfAbsent(node, n -> new ArrayList<>()).add(errand);
            }
        }
        return groups;
    }

    private void trip(
            HostAndPort server,
            List<? extends Errand<?>> group,
            boolean many,
            Deadline deadline,
            List<Errand<?>> again) {
        exchange(server, group, many, deadline);
        for (Errand<?> errand : group) {
            if (goesAgain(errand, server)) {
                again.add(errand);
            }
        }
    }

    private void exchange(HostAndPort server, List<? extends Errand<?>> group, boolean many, Deadline deadline) {
        NodePool pool = topology.at(server);
        RedisConnection connection;
        try {
            connection = pool.borrow(deadline);
        } catch (CuttlestoreException e) {
            topology.suspect();
            group.forEach(errand -> errand.fail(e));
            return;
        }
        try {
            if (many && group.stream().allMatch(Errand::isPlainRead)) {
                readMany(connection, group, deadline);
            } else if (many && group.stream().allMatch(Errand::isPlainWrite)) {
                writeMany(connection, group, deadline);
            } else {
                pipeline(connection, group, deadline);
            }
        } finally {
            pool.giveBack(connection);
        }
    }

    private void pipeline(RedisConnection connection, List<? extends Errand<?>> group, Deadline deadline) {
        List<CommandArguments> lines = new ArrayList<>(group.size());
        for (Errand<?> errand : group) {
            errand.write(absoluteDeadlines, lines);
        }
        List<@Nullable Object> replies = new ArrayList<>(lines.size());
        JedisException loss = send(connection, lines, replies, deadline);
        int next = 0;
        for (Errand<?> errand : group) {
            next = errand.take(replies, next);
            if (loss != null && errand.isOpen()) {
                errand.lose(deadline, loss);
            }
            if (errand.metReplica()) {
                connection.abandon();
            }
        }
    }

    /**
     * Reads plain values. {@code MGET} shows other Redis types as absent. So if any key that it shows as absent exists a
     * moment later, each of them is looked at by itself.
     */
    private void readMany(RedisConnection connection, List<? extends Errand<?>> group, Deadline deadline) {
        List<Errand<?>> absent = new ArrayList<>();
        if (ask(connection, Command.MGET, group, deadline) instanceof List<?> values) {
            for (int i = 0; i < group.size(); i++) {
                if (values.get(i) == null) {
                    absent.add(group.get(i));
                } else {
                    group.get(i).take(values.get(i));
                }
            }
        } else {
            group.stream().filter(Errand::isOpen).forEach(Errand::alone);
        }
        if (!absent.isEmpty()) {
            boolean noneExists = Long.valueOf(0).equals(ask(connection, Command.EXISTS, absent, deadline));
            for (Errand<?> errand : absent) {
                if (noneExists) {
                    errand.take(null);
                } else if (errand.isOpen()) {
                    errand.alone();
                }
            }
        }
    }

    /** Asks one thing about all keys. If the reply is lost, so are they. */
    private @Nullable Object ask(
            RedisConnection connection, Command about, List<? extends Errand<?>> group, Deadline deadline) {
        List<@Nullable Object> replies = new ArrayList<>(1);
        JedisException loss = send(connection, List.of(line(about, group)), replies, deadline);
        if (loss == null) {
            return replies.get(0);
        }
        group.forEach(errand -> errand.lose(deadline, loss));
        return null;
    }

    /** Writes plain values. An error says that an {@code MSET} has set nothing; each is written by itself then. */
    private void writeMany(RedisConnection connection, List<? extends Errand<?>> group, Deadline deadline) {
        List<List<? extends Errand<?>>> parts = new ArrayList<>();
        for (int begin = 0; begin < group.size(); begin += WRITTEN_AT_ONCE) {
            parts.add(group.subList(begin, Math.min(begin + WRITTEN_AT_ONCE, group.size())));
        }
        List<CommandArguments> lines =
                parts.stream().map(part -> line(Command.MSET, part)).toList();
        List<@Nullable Object> replies = new ArrayList<>(lines.size());
        JedisException loss = send(connection, lines, replies, deadline);
        for (int i = 0; i < parts.size(); i++) {
            for (Errand<?> errand : parts.get(i)) {
                if (i >= replies.size()) {
                    errand.lose(deadline, Objects.requireNonNull(loss));
                } else if (replies.get(i) instanceof JedisDataException) {
                    errand.alone();
                } else {
                    errand.take(replies.get(i));
                }
            }
        }
    }

    private static CommandArguments line(Command about, List<? extends Errand<?>> group) {
        CommandArguments line = new CommandArguments(about);
        group.forEach(errand -> errand.addTo(line));
        return line;
    }

    private @Nullable JedisException send(
            RedisConnection connection,
            List<CommandArguments> lines,
            List<@Nullable Object> replies,
            Deadline deadline) {
        try {
            connection.trip(lines, deadline, replies);
            return null;
        } catch (JedisException e) {
            topology.suspect();
            return e;
        }
    }

    private boolean goesAgain(Errand<?> errand, HostAndPort server) {
        Next next = errand.next(server);
        switch (next) {
            case AFTER_MOVE, SUSPECT -> topology.suspect();
            case WITHOUT_ABSOLUTE_DEADLINES -> absoluteDeadlines = false;
            case AGAIN, DONE -> {}
        }
        return next != Next.DONE && next != Next.SUSPECT;
    }
}
