package io.cuttlestore.reliability.network;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Threads that call stores. */
final class Callers {
    /** As many as are needed, so that none waits for another. */
    static final ExecutorService THREADS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "caller");
        thread.setDaemon(true);
        return thread;
    });

    private Callers() {}

    static CompletableFuture<Void> run(Runnable calls) {
        return CompletableFuture.runAsync(calls, THREADS);
    }

    /**
     * Waits until all have ended.
     *
     * @throws AssertionError if one fails, or hangs
     */
    static void await(List<CompletableFuture<Void>> callers, Duration within) {
        try {
            CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new))
                    .get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("not done after " + within + ":\n" + stacks(), e);
        } catch (ExecutionException e) {
            Throwable failure = e.getCause() == null ? e : e.getCause();
            throw new AssertionError(
                    failure instanceof AssertionError ? failure.getMessage() : failure.toString(), failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String stacks() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> !thread.getKey().getName().equals(Proxy.THREADS))
                .map(thread -> thread.getKey() + "\n"
                        + Stream.of(thread.getValue())
                                .map(frame -> "  " + frame)
                                .collect(Collectors.joining("\n")))
                .collect(Collectors.joining("\n"));
    }
}
