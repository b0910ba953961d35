package io.cuttlestore.redis;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.redis.Errand.Next;
import io.cuttlestore.spi.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Brings commands to the servers that hold their keys: one pipeline per server, and an {@code MGET} where all are plain
 * reads. Thread-safe.
 */
final class Dispatcher {
    /** As many servers as a command is sent to before it is given up: what clients of Redis have always used. */
    private static final int MOST_ROUNDS = 5;

    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Topology topology;
    private volatile boolean absoluteDeadlines = true;

    Dispatcher(Topology topology) {
        this.topology = topology;
    }

    /** Carries out commands on different keys, or reads only; afterwards each has a result. */
    void run(List<? extends Errand<?>> errands) {
        List<Errand<?>> pending = new ArrayList<>(errands);
        for (int round = 0; round < MOST_ROUNDS && !pending.isEmpty(); round++) {
            pending = round(pending);
        }
        for (Errand<?> errand : errands) {
            if (errand.isOpen()) {
                errand.fail(unanswered(errand.deadline()));
            }
        }
    }

    private static CuttlestoreException unanswered(Deadline deadline) {
        return deadline.hasPassed()
                ? new StoreTimeoutException("Redis did not answer within " + deadline.timeout())
                : new StoreUnavailableException("Redis did not answer in " + MOST_ROUNDS + " trips");
    }

    private List<Errand<?>> round(List<Errand<?>> pending) {
        Deadline deadline = pending.get(0).deadline();
        List<Errand<?>> again = new ArrayList<>();
        try {
            Layout layout = topology.layout(deadline);
            byServer(pending, layout).forEach((server, group) -> {
                trip(server, group, !layout.isCluster(), deadline);
                group.stream()
                        .filter(errand -> goesAgain(errand, server, deadline))
                        .forEach(again::add);
            });
        } catch (CuttlestoreException e) {
            pending.forEach(errand -> errand.failIfOpen(e));
        }
        return again;
    }

    private Map<HostAndPort, List<Errand<?>>> byServer(List<Errand<?>> errands, Layout layout) {
        if (!layout.isCluster()) {
            return Map.of(layout.primaries().get(0), errands);
        }
        Map<HostAndPort, List<Errand<?>>> groups = new LinkedHashMap<>();
        for (Errand<?> errand : errands) {
            HostAndPort server = errand.target() != null ? errand.target() : layout.primaryOf(errand.key());
            if (server == null) {
                topology.suspect();
                errand.fail(
                        new StoreUnavailableException("no node of the cluster serves the key's slot at the moment"));
            } else {
                groups.computeIfAbsent(server, s -> new ArrayList<>()).add(errand);
            }
        }
        return groups;
    }

    private void trip(HostAndPort server, List<Errand<?>> group, boolean many, Deadline deadline) {
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
            if (many && group.size() > 1 && group.stream().allMatch(Errand::isPlainRead)) {
                readMany(connection, group, deadline);
            } else {
                pipeline(connection, group, deadline);
            }
        } finally {
            pool.giveBack(connection);
        }
    }

    private void pipeline(RedisConnection connection, List<Errand<?>> group, Deadline deadline) {
        List<CommandArguments> lines = new ArrayList<>();
        group.forEach(errand -> errand.write(absoluteDeadlines, lines));
        List<@Nullable Object> replies = new ArrayList<>(lines.size());
        JedisException loss = exchange(connection, lines, replies, deadline);
        int next = 0;
        for (Errand<?> errand : group) {
            next = errand.take(replies, next);
            if (loss != null && errand.isOpen()) {
                errand.lose(deadline, loss);
            }
        }
        if (group.stream().anyMatch(Errand::metReplica)) {
            connection.abandon();
        }
    }

    /**
     * Reads plain values. {@code MGET} shows other Redis types as absent, and so does a count that differs from that of
     * {@code EXISTS}: then each absent one is looked at by itself.
     */
    private void readMany(RedisConnection connection, List<Errand<?>> group, Deadline deadline) {
        CommandArguments values = new CommandArguments(Command.MGET);
        CommandArguments count = new CommandArguments(Command.EXISTS);
        group.forEach(errand -> {
            values.key(errand.key());
            count.key(errand.key());
        });
        List<@Nullable Object> replies = new ArrayList<>(2);
        JedisException loss = exchange(connection, List.of(values, count), replies, deadline);
        if (loss != null) {
            group.forEach(errand -> errand.lose(deadline, loss));
        } else if (replies.get(0) instanceof List<?> found) {
            long present = found.stream().filter(value -> value != null).count();
            boolean allStrings = Long.valueOf(present).equals(replies.get(1));
            for (int i = 0; i < group.size(); i++) {
                if (allStrings || found.get(i) != null) {
                    group.get(i).take(found.get(i));
                } else {
                    group.get(i).alone();
                }
            }
        } else {
            group.forEach(Errand::alone);
        }
    }

    private @Nullable JedisException exchange(
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

    private boolean goesAgain(Errand<?> errand, HostAndPort server, Deadline deadline) {
        Next next = errand.next(server);
        switch (next) {
            case AFTER_MOVE, SUSPECT -> topology.suspect();
            case AFTER_PAUSE -> pause();
            case WITHOUT_ABSOLUTE_DEADLINES -> absoluteDeadlines = false;
            case AGAIN, DONE -> {}
        }
        return next != Next.DONE && next != Next.SUSPECT && !deadline.hasPassed();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException("interrupted while Redis moves the slot of a key", e);
        }
    }
}
