package io.cuttlestore.internal.batch;

import io.cuttlestore.spi.Command;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A command whose caller holds a future. Replies are decoded, and futures completed, on the application's executor. */
final class AsyncCaller<R extends @Nullable Object, T> extends Waiter<R> {
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final Function<R, T> decode;
    private final Executor completions;
    private final Runnable onDone;

    AsyncCaller(Command<R> command, Function<R, T> decode, Executor completions, Runnable onDone) {
        super(command);
        this.decode = decode;
        this.completions = completions;
        this.onDone = onDone;
    }

    CompletableFuture<T> future() {
        return future;
    }

    @Override
    boolean leadsItself() {
        return false;
    }

    @Override
    boolean isWanted() {
        return !future.isDone();
    }

    @Override
    void wake() {
        onDone.run();
        completions.execute(this::deliver);
    }

    @SuppressWarnings("NullAway") // an outcome without a failure holds the reply, which is null only where R allows it
    private void deliver() {
        Outcome<R> outcome = outcome();
        if (outcome.failure() != null) {
            future.completeExceptionally(outcome.failure());
            return;
        }
        try {
            future.complete(decode.apply(outcome.reply()));
        } catch (Throwable e) { // checked ones too: codecs in other JVM languages throw them
            future.completeExceptionally(e);
        }
    }
}
