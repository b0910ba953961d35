package io.cuttlestore.internal.batch;

import io.cuttlestore.spi.Command;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A command whose caller holds a future. Somebody else's thread leads for it. */
final class AsyncCaller<R extends @Nullable Object, T> extends Waiter<R> {
    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final Function<R, T> decode;
    private final KeyOrder.Turn<AsyncCaller<?, ?>> turn;

    AsyncCaller(Command<R> command, Function<R, T> decode) {
        super(command);
        this.decode = decode;
        this.turn = new KeyOrder.Turn<>(this, command.key(), command.isWrite());
    }

    CompletableFuture<T> future() {
        return future;
    }

    KeyOrder.Turn<AsyncCaller<?, ?>> turn() {
        return turn;
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
        throw new IllegalStateException("a caller that holds a future never leads");
    }

    /** Decodes the reply and completes the future, with all stages that depend on it. Never throws. */
    @SuppressWarnings("NullAway") // an outcome without a failure holds the reply, which is null only where R allows it
    void deliver() {
        if (future.isDone()) {
            return;
        }
        Outcome<R> outcome = Objects.requireNonNull(outcome());
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
