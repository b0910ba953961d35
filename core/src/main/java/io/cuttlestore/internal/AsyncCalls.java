package io.cuttlestore.internal;

import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.ThrottledException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * Carries blocking calls out on a few platform threads of the connection, from a bounded queue. A call that waits there
 * longer than its time limit fails without having begun. Threads end when they are idle.
 */
final class AsyncCalls implements AutoCloseable {
    private static final int THREADS = 16;
    private static final int QUEUED = 65_536;
    private static final int IDLE_SECONDS = 5;

    private final Executor completions;
    private final ThreadPoolExecutor workers = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(QUEUED),
            DaemonThreads.named("cuttlestore-async"));
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("cuttlestore-async-timer"));

    AsyncCalls(Executor completions) {
        this.completions = completions;
        workers.allowCoreThreadTimeOut(true);
        timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        timer.setRemoveOnCancelPolicy(true);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
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
                            : new ThrottledException(QUEUED + " calls are waiting on this connection already"));
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
                deliver(() -> result.complete(reply));
            } catch (Throwable e) { // checked ones too: functions in other JVM languages throw them
                deliver(() -> result.completeExceptionally(e));
            }
        }

        CompletableFuture<T> cancelWhenDone(Future<?> alarm) {
            CompletableFuture<T> unused = result.whenComplete((reply, failure) -> alarm.cancel(false));
            return result;
        }

        void failUnlessBegun(RuntimeException failure) {
            if (begun.compareAndSet(false, true)) {
                deliver(() -> result.completeExceptionally(failure));
            }
        }

        private void deliver(Runnable completion) {
            try {
                completions.execute(completion);
            } catch (RejectedExecutionException e) {
                ForkJoinPool.commonPool().execute(completion);
            }
        }
    }
}
