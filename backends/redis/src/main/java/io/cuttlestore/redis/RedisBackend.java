package io.cuttlestore.redis;

import io.cuttlestore.Capabilities;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Trips;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** A store in Redis: the plain value under the plain key, expired by the server. Thread-safe. */
final class RedisBackend implements Backend {
    private static final Duration PATIENCE_AT_CLOSE = Duration.ofMillis(2_800);

    private final String location;
    private final Duration timeout;
    private final WriteGuard guard = new WriteGuard();
    private final Connector connector;
    private final Topology topology;
    private final Dispatcher dispatcher;
    private final RedisScan scan;
    private final Capabilities capabilities;

    /**
     * Connects to all primaries and looks at what they are.
     *
     * @throws CuttlestoreException if one can't be reached or is of no use; nothing stays open then
     */
    RedisBackend(Settings settings, Duration timeout) {
        this.timeout = timeout;
        this.location = settings.location();
        this.connector = new Connector(settings, settings.credentials(), settings.database(), guard);
        this.topology = new Topology(Discovery.of(settings, connector, guard), connector, settings.poolSize());
        this.dispatcher = new Dispatcher(topology);
        this.scan = new RedisScan(topology, dispatcher);
        try {
            this.capabilities = Inspection.of(topology, settings.arrangement(), Deadline.after(timeout));
        } catch (CuttlestoreException e) {
            close();
            throw e;
        }
    }

    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        Errand<R> errand = new Errand<>(command);
        dispatcher.run(List.of(errand), command.deadline());
        return errand.result();
    }

    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        if (calls.isEmpty()) {
            return;
        }
        Deadline deadline = calls.get(0).command().deadline();
        List<Errand<?>> errands = new ArrayList<>(calls.size());
        boolean writes = false;
        for (Call<?> call : calls) {
            errands.add(new Errand<>(call));
            writes |= call.command().isWrite();
        }
        if (writes) {
            runInOrder(errands, deadline);
        } else {
            run(errands, deadline);
        }
    }

    /** Ends a trip before a key that is among its keys: a command that is sent again must not overtake another. */
    private void runInOrder(List<Errand<?>> errands, Deadline deadline) {
        Set<Key> keys = new HashSet<>(2 * errands.size());
        int begin = 0;
        for (int i = 0; i < errands.size(); i++) {
            Key key = errands.get(i).command().key();
            if (!keys.add(key)) {
                run(errands.subList(begin, i), deadline);
                begin = i;
                keys.clear();
                keys.add(key);
            }
        }
        run(errands.subList(begin, errands.size()), deadline);
    }

    private void run(List<Errand<?>> errands, Deadline deadline) {
        try {
            dispatcher.run(errands, deadline);
        } catch (RuntimeException e) {
            StoreFailedException failure = new StoreFailedException(location + " failed unexpectedly", e);
            errands.forEach(errand -> errand.failIfOpen(failure));
        }
        errands.forEach(Errand::finish);
    }

    @Override
    public ScanPage page(ScanRequest request) {
        return scan.page(request);
    }

    @Override
    public @Nullable String clear(ScanRequest request) {
        return scan.clear(request);
    }

    /** Nothing to do: the server deletes what has expired. */
    @Override
    public int deleteExpired(int max, Deadline deadline) {
        return 0;
    }

    /** Two pipelines: one is filled while the other is answered. */
    @Override
    public Trips trips() {
        return Trips.shared(2, 2);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    /** A digest of the location: the plain keyspace of Redis has no place for an id of its own. */
    @Override
    public String storeId() {
        return "redis-" + Sha1.hex(location.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public void ping(Deadline deadline) {
        HostAndPort server = topology.layout(deadline).primaries().get(0);
        NodePool pool = topology.at(server);
        RedisConnection connection = pool.borrow(deadline);
        try {
            connection.ask(new CommandArguments(Protocol.Command.PING), deadline);
        } catch (JedisDataException e) {
            throw RedisErrors.reply("ping of Redis at " + server, e);
        } catch (JedisException e) {
            topology.suspect();
            throw RedisErrors.lost("ping of Redis at " + server, false, deadline, e);
        } finally {
            pool.giveBack(connection);
        }
    }

    /** Gives out {@link Jedis}: a new connection to a primary for the caller to close. */
    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        if (type != Jedis.class) {
            return null;
        }
        Deadline deadline = Deadline.after(timeout);
        HostAndPort server = topology.layout(deadline).primaries().get(0);
        return type.cast(new Jedis(connector.connect(server, deadline).release()));
    }

    @Override
    public void close() {
        topology.end(Deadline.after(PATIENCE_AT_CLOSE));
        guard.close();
    }
}
