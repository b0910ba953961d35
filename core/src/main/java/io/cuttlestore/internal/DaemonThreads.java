package io.cuttlestore.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that do not keep the JVM alive. */
final class DaemonThreads {
    private static final int IDLE_SECONDS = 5;
    private static final AtomicInteger COUNT = new AtomicInteger();

    private DaemonThreads() {}

    static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name + "-" + COUNT.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Some threads, which end when they are idle, and a bounded queue of tasks for them. */
    static ThreadPoolExecutor pool(String name, int threads, int mostQueued) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads, threads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(mostQueued), named(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Lets tasks that have begun finish for a quarter of a second, then interrupts them. Waits for half a second at most. */
    static void end(ExecutorService executor) {
        executor.shutdown();
        boolean interrupted = false;
        try {
            if (!executor.awaitTermination(250, TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
                executor.awaitTermination(250, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            interrupted = true;
            executor.shutdownNow();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
