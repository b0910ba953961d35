package io.cuttlestore.internal;

import io.cuttlestore.BatchException;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Put;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One command for each of many keys, a chunk of them a trip. Used once. */
final class Bulk<R extends @Nullable Object> {
    private static final int CHUNK_COMMANDS = 1_000;
    private static final long CHUNK_BYTES = 4 << 20;

    private final Connection connection;
    private final String operation;
    private final Duration allowed;
    private final BiFunction<Key, Deadline, Command<R>> toCommand;
    private final BiConsumer<Key, R> onReply;
    private final Map<String, CuttlestoreException> failures = new LinkedHashMap<>();

    /**
     * A bulk operation.
     *
     * @param operation its name, for messages
     * @param allowed the time limit of each chunk
     * @param toCommand makes the command of a key, the keys in their order; may throw, which fails this key
     * @param onReply takes the reply for a key; may throw, which fails this key
     */
    Bulk(
            Connection connection,
            String operation,
            Duration allowed,
            BiFunction<Key, Deadline, Command<R>> toCommand,
            BiConsumer<Key, R> onReply) {
        this.connection = connection;
        this.operation = operation;
        this.allowed = allowed;
        this.toCommand = toCommand;
        this.onReply = onReply;
    }

    /**
     * Carries out the commands of these keys.
     *
     * @throws BatchException if some failed; the others were carried out
     */
    void run(Collection<Key> keys) {
        List<Reply<R>> chunk = new ArrayList<>(Math.min(keys.size(), CHUNK_COMMANDS));
        Deadline deadline = connection.deadline(allowed);
        long bytes = 0;
        boolean reachable = true;
        for (Key key : keys) {
            if (!reachable) {
                failures.put(key.name(), notAttempted());
                continue;
            }
            try {
                Command<R> command = toCommand.apply(key, deadline);
                chunk.add(new Reply<>(command));
                bytes += command instanceof Put put ? put.payload().encodedLength() : 0;
            } catch (CuttlestoreException e) {
                failures.put(key.name(), e);
            }
            if (chunk.size() == CHUNK_COMMANDS || bytes >= CHUNK_BYTES) {
                reachable = send(chunk);
                chunk.clear();
                bytes = 0;
                deadline = connection.deadline(allowed);
            }
        }
        if (!chunk.isEmpty()) {
            send(chunk);
        }
        if (!failures.isEmpty()) {
            throw failure(keys);
        }
    }

    /** Returns whether it makes sense to go on. */
    private boolean send(List<Reply<R>> chunk) {
        connection.executeAll(chunk);
        int lost = 0;
        for (Reply<R> reply : chunk) {
            try {
                onReply.accept(reply.command.key(), reply.get());
            } catch (CuttlestoreException e) {
                failures.put(reply.command.key().name(), e);
                lost += isConnectionFailure(e) ? 1 : 0;
            }
        }
        return lost < chunk.size();
    }

    private static boolean isConnectionFailure(CuttlestoreException e) {
        return e instanceof StoreUnavailableException
                || e instanceof StoreTimeoutException
                || e instanceof OutcomeUnknownException;
    }

    private static CuttlestoreException notAttempted() {
        return new StoreUnavailableException("not attempted, since the store did not answer for the keys before");
    }

    private BatchException failure(Collection<Key> keys) {
        Map<String, CuttlestoreException> inOrder = new LinkedHashMap<>();
        keys.forEach(key -> {
            CuttlestoreException failure = failures.get(key.name());
            if (failure != null) {
                inOrder.put(key.name(), failure);
            }
        });
        Map.Entry<String, CuttlestoreException> first =
                inOrder.entrySet().iterator().next();
        return new BatchException(
                operation + " failed for " + inOrder.size() + " of " + keys.size() + " keys, first for '"
                        + first.getKey() + "': " + first.getValue().getMessage(),
                inOrder);
    }

    private static final class Reply<R extends @Nullable Object> implements Call<R> {
        private final Command<R> command;
        private @Nullable R reply;
        private boolean completed;
        private @Nullable CuttlestoreException failure;

        Reply(Command<R> command) {
            this.command = command;
        }

        @Override
        public Command<R> command() {
            return command;
        }

        @Override
        public void complete(R reply) {
            this.reply = reply;
            this.completed = true;
        }

        @Override
        public void fail(CuttlestoreException failure) {
            this.failure = failure;
        }

        @SuppressWarnings("NullAway") // a completed call holds the reply, which is null only where R allows it
        R get() {
            if (failure != null) {
                throw failure;
            }
            if (!completed) {
                throw new StoreFailedException("the backend left the call without a reply");
            }
            return reply;
        }
    }
}
