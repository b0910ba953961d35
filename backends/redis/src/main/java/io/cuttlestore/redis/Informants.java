package io.cuttlestore.redis;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Asks servers in turn until one answers. The one that did is asked first the next time, and each has only its share of
 * the time, so that one that hangs doesn't take it all. Thread-safe.
 */
final class Informants {
    private final Connector connector;
    private volatile @Nullable HostAndPort helpful;

    Informants(Connector connector) {
        this.connector = connector;
    }

    /** What to ask a server, and what its answer means. */
    @FunctionalInterface
    interface Question {
        Layout ask(RedisConnection connection, HostAndPort asked, Deadline deadline);
    }

    /**
     * Returns the first answer.
     *
     * @throws CuttlestoreException the last failure, if there is no answer
     */
    Layout ask(Collection<HostAndPort> servers, Deadline deadline, Question question) {
        List<HostAndPort> turns = new ArrayList<>(servers);
        HostAndPort first = helpful;
        if (first != null && turns.remove(first)) {
            turns.add(0, first);
        }
        CuttlestoreException failure = new StoreUnavailableException("there is no server to ask");
        for (int turn = 0; turn < turns.size(); turn++) {
            HostAndPort server = turns.get(turn);
            Deadline share = Deadline.after(Duration.ofNanos(deadline.remainingNanos() / (turns.size() - turn)));
            try (RedisConnection connection = connector.connect(server, share)) {
                Layout answer = question.ask(connection, server, share);
                helpful = server;
                return answer;
            } catch (JedisConnectionException e) {
                failure = RedisErrors.connecting(server, share, e);
            } catch (CuttlestoreException e) {
                failure = e;
            }
        }
        throw failure;
    }
}
