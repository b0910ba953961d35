package io.cuttlestore.filesystem;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets calls in while the backend is open, and knows when the last one has left after it was closed. */
final class Gate {
    private static final int ALL = Integer.MAX_VALUE;

    private final Semaphore passes = new Semaphore(ALL);
    private final String location;
    private volatile boolean open = true;

    Gate(String location) {
        this.location = location;
    }

    boolean isOpen() {
        return open;
    }

    /** @throws IllegalStateException once the gate is closed */
    void enter() {
        if (!open || !passes.tryAcquire()) {
            throw closed();
        }
    }

    void leave() {
        passes.release();
    }

    IllegalStateException closed() {
        return new IllegalStateException(location + " is closed");
    }

    /** Lets no one in any more. Returns whether this call closed the gate. */
    synchronized boolean close() {
        boolean wasOpen = open;
        open = false;
        return wasOpen;
    }

    /** Waits until all have left a closed gate, though interrupted; returns whether they have. */
    boolean awaitEmpty(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return passes.tryAcquire(ALL, end - System.nanoTime(), TimeUnit.NANOSECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
