package io.cuttlestore.filesystem;

import java.io.IOException;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Threads that wait for the disk together, since a journal brings there at once what is waited for at once. */
final class DiskThreads implements AutoCloseable {
    private static final int MOST = 16;
    private static final int IDLE_SECONDS = 5;

    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(MOST, MOST, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "cuttlestore-disk");
                thread.setDaemon(true);
                return thread;
            });

    DiskThreads() {
        threads.allowCoreThreadTimeOut(true);
    }

    /**
     * What is done with an item.
     *
     * @param <T> the item
     */
    @FunctionalInterface
    interface Work<T> {
        void on(T item) throws IOException;
    }

    /** Does the work on all items, in no order, on the calling thread and on others beside it. */
    <T> void forEach(Collection<T> items, Work<T> work) throws IOException {
        Queue<T> left = new ConcurrentLinkedQueue<>(items);
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        Runnable drain = () -> drain(left, work, failure);
        CompletableFuture<?>[] helpers = new CompletableFuture<?>[Math.min(MOST, Math.max(items.size() - 1, 0))];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = CompletableFuture.runAsync(drain, threads);
        }
        try {
            drain.run();
        } finally {
            CompletableFuture.allOf(helpers).join();
        }
        IOException first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    private static <T> void drain(Queue<T> left, Work<T> work, AtomicReference<@Nullable IOException> failure) {
        T item;
        while ((item = left.poll()) != null) {
            try {
                work.on(item);
            } catch (IOException e) {
                failure.compareAndSet(null, e);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
