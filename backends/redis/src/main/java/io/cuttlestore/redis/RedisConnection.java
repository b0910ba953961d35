package io.cuttlestore.redis;

import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** A connection to one server process: writes commands and reads replies. Used by one thread at a time. */
final class RedisConnection implements AutoCloseable {
    /** What surely fits into the socket's buffers; writing more may wait for a server that does not read. */
    private static final int NEVER_BLOCKS = 8192;

    /** What is sent around an argument at most: its length and two ends of lines. */
    private static final int AROUND_ARGUMENT = 16;

    private final Connection jedis;
    private final DeadlineSocket socket;
    private final WriteGuard guard;
    private @Nullable String runId;
    private boolean broken;
    private long idleSince;

    RedisConnection(Connection jedis, DeadlineSocket socket, WriteGuard guard) {
        this.jedis = jedis;
        this.socket = socket;
        this.guard = guard;
    }

    /**
     * Sends one command and returns its reply.
     *
     * @throws JedisDataException if the reply is an error or null
     * @throws JedisConnectionException if the connection broke or the deadline passed
     */
    Object ask(CommandArguments line, Deadline deadline) {
        return ask(List.of(line), deadline).get(0);
    }

    /** As {@link #ask(CommandArguments, Deadline)}, for many in one write. */
    List<Object> ask(List<CommandArguments> lines, Deadline deadline) {
        List<@Nullable Object> replies = new ArrayList<>(lines.size());
        trip(lines, deadline, replies);
        List<Object> answers = new ArrayList<>(replies.size());
        for (Object reply : replies) {
            if (reply instanceof JedisDataException error) {
                throw error;
            }
            if (reply == null) {
                throw new JedisDataException("nil");
            }
            answers.add(reply);
        }
        return answers;
    }

    /**
     * Sends all commands in one write and adds their replies as they come; an error reply is added as a
     * {@link JedisDataException}.
     *
     * @throws JedisConnectionException if the connection broke or the deadline passed; what has been added is valid
     */
    void trip(List<CommandArguments> lines, Deadline deadline, List<@Nullable Object> replies) {
        socket.setDeadline(deadline);
        Future<?> guarded = size(lines) > NEVER_BLOCKS ? guard.closeAt(deadline, socket) : null;
        boolean whole = false;
        try {
            for (CommandArguments line : lines) {
                jedis.sendCommand(line);
            }
            for (int i = 0; i < lines.size(); i++) {
                replies.add(reply());
            }
            whole = true;
        } finally {
            broken |= !whole;
            if (guarded != null) {
                guarded.cancel(false);
                broken |= deadline.hasPassed(); // the guard may be about to close it
            }
        }
    }

    private @Nullable Object reply() {
        try {
            return jedis.getOne();
        } catch (JedisDataException error) {
            return error;
        }
    }

    private static int size(List<CommandArguments> lines) {
        int bytes = 0;
        for (CommandArguments line : lines) {
            for (var argument : line) {
                bytes += argument.getRaw().length + AROUND_ARGUMENT;
                if (bytes > NEVER_BLOCKS) {
                    return bytes;
                }
            }
        }
        return bytes;
    }

    /** The id of the server process, which changes with every restart. */
    String runId(Deadline deadline) {
        if (runId == null) {
            runId = Info.of(this, "server", deadline).get("run_id");
        }
        return runId;
    }

    /** Hands over Jedis' own connection, without a deadline, to somebody who closes it. */
    Connection release() {
        socket.setDeadline(Deadline.NONE);
        return jedis;
    }

    /** Whether nothing more can be sent: the replies would be those of an earlier trip. */
    boolean isBroken() {
        return broken;
    }

    /** Marks the connection as one that must not be used again. */
    void abandon() {
        broken = true;
    }

    long idleSince() {
        return idleSince;
    }

    void idleFromNow() {
        idleSince = System.nanoTime();
    }

    /** Closes the socket at once, also under a thread that reads from it or writes to it. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
