package io.cuttlestore.redis;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Get;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisMovedDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * A command on its way through the servers: what comes back for it, and whether and where it is to be sent again. A write
 * is sent again only after an error reply that proves that nothing was carried out. Used by one thread.
 *
 * @param <R> the reply
 */
final class Errand<R extends @Nullable Object> {
    private final Command<R> command;
    private final byte[] key;
    private final List<@Nullable Object> replies = new ArrayList<>(1);
    private @Nullable CuttlestoreException failure;
    private @Nullable HostAndPort target;
    private boolean asking;
    private boolean withScriptText;
    private boolean alone;
    private boolean readAgain;
    private int expected;

    Errand(Command<R> command) {
        this.command = command;
        this.key = command.key().utf8();
    }

    byte[] key() {
        return key;
    }

    Deadline deadline() {
        return command.deadline();
    }

    /** The server that another one named, if any did. */
    @Nullable
    HostAndPort target() {
        return target;
    }

    /** Whether the command may be answered by an {@code MGET} with others. */
    boolean isPlainRead() {
        return !alone && command instanceof Get get && get.want() == Get.Want.VALUE;
    }

    /** Adds what is to be sent. */
    void write(boolean absoluteDeadlines, List<CommandArguments> lines) {
        replies.clear();
        failure = null;
        if (asking) {
            lines.add(new CommandArguments(Protocol.Command.ASKING));
        }
        expected = new CommandWriter(absoluteDeadlines, withScriptText).write(command, key, lines) + (asking ? 1 : 0);
    }

    /** Takes its replies from those of a trip, beginning at an index, and returns where the next errand's begin. */
    int take(List<@Nullable Object> all, int from) {
        int to = from + expected;
        if (to <= all.size()) {
            replies.addAll(all.subList(asking ? from + 1 : from, to));
        }
        return to;
    }

    /** Takes the one reply to what was asked for it and others. */
    void take(@Nullable Object reply) {
        replies.clear();
        replies.add(reply);
    }

    /** Leaves it without a reply, to be asked for by itself. */
    void alone() {
        replies.clear();
        alone = true;
    }

    /** Says that no reply will come as nothing was sent. */
    void fail(CuttlestoreException reason) {
        failure = reason;
    }

    /** Says so unless a reply has come or it has failed already. */
    void failIfOpen(CuttlestoreException reason) {
        if (isOpen()) {
            failure = reason;
        }
    }

    private boolean isAnswered() {
        return !replies.isEmpty();
    }

    /** Whether there is neither a reply nor a failure. */
    boolean isOpen() {
        return !isAnswered() && failure == null;
    }

    /** Says that the reply to what was sent is lost. */
    void lose(Deadline tripDeadline, Exception reason) {
        if (!command.isWrite() && !readAgain && !tripDeadline.hasPassed()) {
            readAgain = true;
            alone = true;
        } else {
            failure = RedisErrors.lost(RedisErrors.subject(command), command.isWrite(), tripDeadline, reason);
        }
    }

    /** Whether the server has become a replica: another connection under its name may lead to the primary. */
    boolean metReplica() {
        JedisDataException error = error(replies);
        return error != null && RedisErrors.text(error).startsWith("READONLY");
    }

    private static @Nullable JedisDataException error(List<?> replies) {
        for (Object reply : replies) {
            JedisDataException found = reply instanceof JedisDataException error
                    ? error
                    : reply instanceof List<?> transaction ? error(transaction) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * Decides whether to send it again, and how.
     *
     * @param sentTo the server that replied
     */
    Next next(HostAndPort sentTo) {
        if (failure != null) {
            return Next.DONE;
        }
        if (!isAnswered()) {
            return Next.AGAIN;
        }
        JedisDataException error = error(replies);
        if (error == null) {
            return Next.DONE;
        }
        asking = error instanceof JedisAskDataException;
        target = null;
        if (error instanceof JedisMovedDataException moved) {
            target = known(moved.getTargetNode(), sentTo);
            return Next.AFTER_MOVE;
        }
        if (error instanceof JedisAskDataException ask) {
            target = known(ask.getTargetNode(), sentTo);
            return Next.AGAIN;
        }
        if (error instanceof JedisNoScriptException) {
            withScriptText = true;
            return Next.AGAIN;
        }
        String text = RedisErrors.text(error);
        if (text.startsWith("TRYAGAIN")) {
            return Next.AFTER_PAUSE;
        }
        if (text.startsWith("ERR unknown command")
                && text.toUpperCase(Locale.ROOT).contains("PEXPIRETIME")) {
            return Next.WITHOUT_ABSOLUTE_DEADLINES;
        }
        return text.startsWith("READONLY") || text.startsWith("CLUSTERDOWN") ? Next.SUSPECT : Next.DONE;
    }

    /** What to do after a trip. */
    enum Next {
        /** There is an outcome. */
        DONE,
        /** There is an outcome, and the server is not what it was thought to be. */
        SUSPECT,
        AGAIN,
        AFTER_PAUSE,
        /** Again, and the layout has changed. */
        AFTER_MOVE,
        /** Again, without a command that the server does not have. */
        WITHOUT_ABSOLUTE_DEADLINES
    }

    /** A node may leave out its host, which then is that of the one that replied. */
    private static HostAndPort known(HostAndPort named, HostAndPort sentTo) {
        return named.getHost().isEmpty() ? new HostAndPort(sentTo.getHost(), named.getPort()) : named;
    }

    /**
     * The reply.
     *
     * @throws CuttlestoreException if there is none
     */
    R result() {
        if (failure != null) {
            throw failure;
        }
        JedisDataException error = error(replies);
        if (error != null) {
            throw RedisErrors.reply(RedisErrors.subject(command), error);
        }
        return command.on(new ReplyReader(replies));
    }
}
