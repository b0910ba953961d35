package io.cuttlestore.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Runs tasks at the same time on threads of their own. */
public final class Threads {
    private Threads() {}

    /** Starts all at one moment, waits for all and returns their results; the first failure is thrown as it was. */
    public static <R> List<R> together(List<Callable<R>> tasks) throws Exception {
        CyclicBarrier start = new CyclicBarrier(tasks.size());
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<Future<R>> futures = new ArrayList<>();
            for (Callable<R> task : tasks) {
                futures.add(threads.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> future : futures) {
                results.add(result(future));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    /** As {@link #together(List)}, for this many tasks made by their index. */
    public static <R> List<R> together(int count, IntFunction<Callable<R>> task) throws Exception {
        List<Callable<R>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(task.apply(i));
        }
        return together(tasks);
    }

    /** The result of a task; its failure is thrown as it was. */
    public static <R> R result(Future<R> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw e;
        }
    }
}
