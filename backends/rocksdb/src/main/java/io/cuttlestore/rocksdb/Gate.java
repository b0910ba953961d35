package io.cuttlestore.rocksdb;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps native memory from those who come late: what it guards is closed by the last to leave, and never while anyone is
 * inside. Thread-safe.
 */
final class Gate {
    private final String location;
    private final Runnable closing;
    private final AtomicInteger inside = new AtomicInteger(1); // the one is the owner
    private final CountDownLatch left = new CountDownLatch(1);
    private volatile boolean closed;

    Gate(String location, Runnable closing) {
        this.location = location;
        this.closing = closing;
    }

    /** @throws IllegalStateException once the gate is closed */
    void enter() {
        requireOpen();
        if (inside.getAndUpdate(count -> count == 0 ? 0 : count + 1) == 0) {
            throw closed();
        }
    }

    void requireOpen() {
        if (closed) {
            throw closed();
        }
    }

    private IllegalStateException closed() {
        return new IllegalStateException(location + " is closed");
    }

    void leave() {
        if (inside.decrementAndGet() == 0) {
            closing.run();
            left.countDown();
        }
    }

    /** Lets no one in any more, and waits for those inside, but not longer than this. To be called once. */
    void close(Duration limit) {
        closed = true;
        leave();
        try {
            left.await(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
