package io.cuttlestore.reliability.stampede;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Counts the loads of a key, and those that run at one time. Thread-safe. */
final class Loads {
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    /** The loader, counted. */
    Function<String, String> counting(Function<String, String> loader) {
        return key -> {
            begun.incrementAndGet();
            mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                return loader.apply(key);
            } finally {
                running.decrementAndGet();
            }
        };
    }

    int begun() {
        return begun.get();
    }

    /** Requires that one ran at least, and no two at one time. */
    void requireOneAtATime() {
        if (mostAtOnce.get() != 1) {
            throw new AssertionError(mostAtOnce + " loads of one key ran at one time, " + begun + " in all");
        }
    }

    /** Requires that there was one. */
    void requireOne() {
        if (begun.get() != 1) {
            throw new AssertionError(begun + " loads of one key, where one was to be");
        }
    }
}
