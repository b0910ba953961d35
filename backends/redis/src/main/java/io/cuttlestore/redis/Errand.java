package io.cuttlestore.redis;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Put;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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
    private final @Nullable Call<R> call;
    private final byte[] key;
    private @Nullable Object reply;
    private @Nullable JedisDataException error;
    private boolean answered;
    private @Nullable CuttlestoreException failure;
    private @Nullable HostAndPort target;
    private boolean asking;
    private boolean withScriptText;
    private boolean alone;
    private boolean readAgain;
    private int expected;

    /** An errand for somebody who asks for its {@linkplain #result() result}. */
    Errand(Command<R> command) {
        this(command, null);
    }

    /** An errand for a call, which {@link #finish()} answers. */
    Errand(Call<R> call) {
        this(call.command(), call);
    }

    private Errand(Command<R> command, @Nullable Call<R> call) {
        this.command = command;
        this.call = call;
        this.key = command.key().utf8();
    }

    Command<R> command() {
        return command;
    }

    /** The stored key; must not be modified. */
    byte[] key() {
        return key;
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

    /** Whether the command may be carried out by an {@code MSET} with others. */
    boolean isPlainWrite() {
        return !alone
                && command instanceof Put put
                && put.condition() == Condition.ALWAYS
                && put.expiry() == Expiry.NEVER;
    }

    /** Adds its part to what is sent for many. */
    void addTo(CommandArguments line) {
        CommandWriter.add(command, key, line);
    }

    /** Adds what is to be sent. */
    void write(boolean absoluteDeadlines, List<CommandArguments> lines) {
        forget();
        failure = null;
        int before = lines.size();
        if (asking) {
            lines.add(new CommandArguments(Protocol.Command.ASKING));
        }
        CommandWriter.write(command, key, absoluteDeadlines, withScriptText, lines);
        expected = lines.size() - before;
    }

    /**
     * Takes its replies from those of a trip, beginning at an index, and returns where the next errand's begin. The last
     * one tells the outcome, unless one is an error.
     */
    int take(List<@Nullable Object> all, int from) {
        int to = from + expected;
        if (to <= all.size()) {
            for (int i = asking ? from + 1 : from; i < to; i++) {
                take(all.get(i));
            }
        }
        return to;
    }

    /** Takes a reply. */
    void take(@Nullable Object next) {
        reply = next;
        answered = true;
        if (error == null) {
            error = error(next);
        }
    }

    private static @Nullable JedisDataException error(@Nullable Object reply) {
        if (reply instanceof JedisDataException found) {
            return found;
        }
        if (reply instanceof List<?> transaction) {
            for (Object part : transaction) {
                if (part instanceof JedisDataException found) {
                    return found;
                }
            }
        }
        return null;
    }

    private void forget() {
        reply = null;
        error = null;
        answered = false;
    }

    /** Leaves it without a reply, to be asked for by itself. */
    void alone() {
        forget();
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

    /** Whether there is neither a reply nor a failure. */
    boolean isOpen() {
        return !answered && failure == null;
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
        return error != null && RedisErrors.text(error).startsWith("READONLY");
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
        if (!answered) {
            return Next.AGAIN;
        }
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
        if (error != null) {
            throw RedisErrors.reply(RedisErrors.subject(command), error);
        }
        return command.on(new ReplyReader(reply));
    }

    /** Answers the call. */
    void finish() {
        Call<R> waiting = Objects.requireNonNull(call);
        R result;
        try {
            result = result();
        } catch (CuttlestoreException e) {
            waiting.fail(e);
            return;
        }
        waiting.complete(result);
    }
}
