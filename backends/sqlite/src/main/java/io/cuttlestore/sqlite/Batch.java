package io.cuttlestore.sqlite;

import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Get;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands, at least one, that make one trip together. */
final class Batch {
    private final List<? extends Call<?>> calls;

    Batch(List<? extends Call<?>> calls) {
        this.calls = calls;
    }

    boolean hasWrites() {
        return calls.stream().anyMatch(call -> call.command().isWrite());
    }

    /** The deadline of the trip: that of the first command, so that no latecomer shortens those of others. */
    Deadline deadline() {
        return calls.get(0).command().deadline();
    }

    /** Completes every call with its reply. */
    void complete(List<? extends @Nullable Object> replies) {
        for (int i = 0; i < replies.size(); i++) {
            complete(calls.get(i), replies.get(i));
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // the reply was made for the call's own command
    private static <R extends @Nullable Object> void complete(Call<R> call, @Nullable Object reply) {
        call.complete((R) reply);
    }

    /** Carries out commands that only read; returns their replies. */
    List<@Nullable Object> read(Session session, long now) throws SQLException {
        return ManyGets.read(
                session, calls.stream().map(call -> (Get) call.command()).toList(), now);
    }

    /** Carries out commands in order, inside a transaction; returns their replies. */
    List<@Nullable Object> write(Session session, long now) throws SQLException {
        List<@Nullable Object> replies = new ArrayList<>(calls.size());
        while (replies.size() < calls.size()) {
            Command<?> command = calls.get(replies.size()).command();
            if (Change.canCarryOut(command)) {
                writeAlike(session, replies, now);
            } else if (command instanceof Delete delete) {
                replies.add(Queries.take(session, delete, now));
            } else {
                replies.add(Queries.get(session, (Get) command, now));
            }
        }
        return replies;
    }

    /** Carries out the next change, and those of the same kind that follow it, in one call of the driver. */
    private void writeAlike(Session session, List<@Nullable Object> replies, long now) throws SQLException {
        int begin = replies.size();
        Change first = Change.of(calls.get(begin).command(), now);
        List<List<@Nullable Object>> parameters = new ArrayList<>();
        parameters.add(first.parameters());
        for (int i = begin + 1;
                i < calls.size() && Change.canCarryOut(calls.get(i).command());
                i++) {
            Change next = Change.of(calls.get(i).command(), now);
            if (!next.sql().equals(first.sql())) {
                break;
            }
            parameters.add(next.parameters());
        }
        for (long changed : session.updateAll(first.sql(), parameters)) {
            replies.add(reply(calls.get(replies.size()).command(), changed == 1));
        }
    }

    private static Object reply(Command<?> command, boolean changed) {
        if (command instanceof Delete) {
            return changed ? DeleteResult.DELETED : DeleteResult.NONE;
        }
        return changed;
    }
}
