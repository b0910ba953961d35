package io.cuttlestore.benchmarks.peers;

import io.cuttlestore.AsyncCuttlestore;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.benchmarks.Workload;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Cuttlestore itself. What is concurrent goes through its futures. */
final class Ours implements Contender {
    private static final int STRIDE = 7_919;

    private final String name;
    private final Cuttlestore<String> store;
    private int writes;
    private int reads;

    Ours(String name, String connectionString) {
        this.name = name;
        this.store = Cuttlestore.open(connectionString, String.class);
        putOneByOne();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String jdk() {
        return Integer.toString(Runtime.version().feature());
    }

    @Override
    public double round(Work work, Duration length) {
        long begin = System.nanoTime();
        long operations = 0;
        long nanos;
        do {
            repeat(work);
            operations += Workload.KEYS;
            nanos = System.nanoTime() - begin;
        } while (nanos < length.toNanos());
        return nanos / 1e3 / operations;
    }

    private void repeat(Work work) {
        switch (work) {
            case PUT_SEQUENTIAL -> putOneByOne();
            case PUT_CONCURRENT -> putTogether();
            case GET_SEQUENTIAL -> getOneByOne();
            case GET_CONCURRENT -> getTogether();
        }
    }

    private void putOneByOne() {
        writes++;
        for (int i = 0; i < Workload.KEYS; i++) {
            store.put(Workload.key(i), Workload.value(i, writes));
        }
    }

    private void putTogether() {
        writes++;
        AsyncCuttlestore<String> async = store.async();
        CompletableFuture<?>[] puts = new CompletableFuture<?>[Workload.KEYS];
        for (int i = 0; i < Workload.KEYS; i++) {
            puts[i] = async.put(Workload.key(i), Workload.value(i, writes));
        }
        CompletableFuture.allOf(puts).join();
    }

    private void getOneByOne() {
        for (int n = 0; n < Workload.KEYS; n++) {
            int i = nextRead();
            check(i, store.get(Workload.key(i)));
        }
    }

    private void getTogether() {
        AsyncCuttlestore<String> async = store.async();
        CompletableFuture<?>[] gets = new CompletableFuture<?>[Workload.KEYS];
        for (int n = 0; n < Workload.KEYS; n++) {
            int i = nextRead();
            gets[n] = async.get(Workload.key(i)).thenAccept(found -> check(i, found));
        }
        CompletableFuture.allOf(gets).join();
    }

    /** All keys in turn, each far from the one before; every other one is missing. */
    private int nextRead() {
        reads = (reads + STRIDE) % (2 * Workload.KEYS);
        return reads;
    }

    private static void check(int i, Optional<String> found) {
        if (found.isPresent() != i < Workload.KEYS) {
            throw new IllegalStateException("key " + i + " is there when it should not be, or is not when it should");
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
