package io.cuttlestore.internal;

import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.ThrottledException;
import io.cuttlestore.TripCost;
import io.cuttlestore.internal.batch.AsyncLanes;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls whose callers hold futures. Single commands share trips; calls of many steps run on a few platform threads of the
 * connection. What waits for its turn longer than it may fails without having begun.
 */
final class AsyncCalls implements AutoCloseable {
    private static final int WORKERS = 16;
    private static final int MOST_WAITING = 65_536;
    private static final long TICK_MILLIS = 20;

    private final Backend backend;
    private final boolean immediate;
    private final AsyncLanes lanes;
    private final Executor completions;
    private final ThreadPoolExecutor workers = DaemonThreads.pool("cuttlestore-async", WORKERS, MOST_WAITING);
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("cuttlestore-timer"));
    private final AtomicBoolean ticking = new AtomicBoolean();

    /**
     * The calls of a connection.
     *
     * @param leaders the threads that make shared trips; never a caller's own code runs on them
     */
    AsyncCalls(Backend backend, Executor leaders, ConnectionSettings settings) {
        this.backend = backend;
        this.immediate = backend.capabilities().traits().trip() == TripCost.NONE && settings.layers.isEmpty();
        this.completions = completion -> complete(settings.executor, completion);
        this.lanes = new AsyncLanes(backend, leaders, completions);
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Carries the command out; a store that takes no trips does so at once. Cancelling the future keeps a command that is
     * queued from being sent.
     */
    <R extends @Nullable Object, T> CompletableFuture<T> submit(Command<R> command, Function<R, T> decode) {
        if (immediate) {
            return now(command, decode);
        }
        CompletableFuture<T> reply = lanes.submit(command, decode);
        if (ticking.compareAndSet(false, true)) {
            tickLater();
        }
        return reply;
    }

    private <R extends @Nullable Object, T> CompletableFuture<T> now(Command<R> command, Function<R, T> decode) {
        try {
            return CompletableFuture.completedFuture(decode.apply(backend.execute(command)));
        } catch (Throwable e) { // checked ones too: codecs in other JVM languages throw them
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Runs the completion on the chosen executor; in the common pool if that refuses it, or would run it on this thread. */
    private static void complete(Executor chosen, Runnable completion) {
        Thread caller = Thread.currentThread();
        try {
            chosen.execute(() -> {
                if (Thread.currentThread() == caller) {
                    ForkJoinPool.commonPool().execute(completion);
                } else {
                    completion.run();
                }
            });
        } catch (RuntimeException | Error e) { // an executor of the application may throw anything
            ForkJoinPool.commonPool().execute(completion);
        }
    }

    private void tickLater() {
        Future<?> unused = timer.schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void tick() {
        lanes.tick();
        ticking.set(false);
        if (!lanes.isIdle() && ticking.compareAndSet(false, true)) {
            tickLater();
        }
    }

    /**
     * Carries the call out soon. Cancelling the future keeps a call from beginning; one that has begun goes on.
     *
     * @param allowed how long the call may wait for its turn
     */
    <T> CompletableFuture<T> submit(Duration allowed, Supplier<T> call) {
        Task<T> task = new Task<>(call);
        try {
            workers.execute(task);
        } catch (RejectedExecutionException e) {
            task.failUnlessBegun(
                    workers.isShutdown()
                            ? new IllegalStateException("the connection is closed")
                            : new ThrottledException(MOST_WAITING + " calls are waiting on this connection already"));
            return task.result;
        }
        Future<?> alarm = timer.schedule(
                () -> task.failUnlessBegun(new StoreTimeoutException(
                        "the call waited " + allowed + " for its turn on this connection and was not carried out")),
                TimeUnit.NANOSECONDS.convert(allowed),
                TimeUnit.NANOSECONDS);
        return task.cancelWhenDone(alarm);
    }

    @Override
    public void close() {
        timer.shutdownNow();
        lanes.close();
        List<Runnable> queued = new ArrayList<>();
        workers.getQueue().drainTo(queued);
        workers.shutdown();
        workers.getQueue().drainTo(queued);
        for (Runnable task : queued) {
            ((Task<?>) task)
                    .failUnlessBegun(new IllegalStateException("the connection was closed before the call began"));
        }
        DaemonThreads.end(workers);
    }

    private final class Task<T> implements Runnable {
        private final Supplier<T> call;
        private final CompletableFuture<T> result = new CompletableFuture<>();
        private final AtomicBoolean begun = new AtomicBoolean();

        Task(Supplier<T> call) {
            this.call = call;
        }

        @Override
        public void run() {
            if (result.isDone() || !begun.compareAndSet(false, true)) {
                return;
            }
            try {
                T reply = call.get();
                completions.execute(() -> result.complete(reply));
            } catch (Throwable e) { // checked ones too: functions in other JVM languages throw them
                completions.execute(() -> result.completeExceptionally(e));
            }
        }

        CompletableFuture<T> cancelWhenDone(Future<?> alarm) {
            CompletableFuture<T> unused = result.whenComplete((reply, failure) -> alarm.cancel(false));
            return result;
        }

        void failUnlessBegun(RuntimeException failure) {
            if (begun.compareAndSet(false, true)) {
                completions.execute(() -> result.completeExceptionally(failure));
            }
        }
    }
}
