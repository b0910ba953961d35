package io.cuttlestore.reliability.network;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Measures how long this machine keeps a thread from running that wants to: a thread that sleeps for a moment, again and
 * again, notes how late it wakes up. No limit on a call's time can be kept more exactly than that. Thread-safe.
 */
final class Stalls implements AutoCloseable {
    private static final Duration NAP = Duration.ofMillis(5);

    /** No nap is as late on an idle machine. On a busy one many are, and so is each of the threads that a call goes through. */
    private static final Duration WORTH_NOTING = Duration.ofMillis(1);

    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final Deque<Stall> stalls = new ArrayDeque<>();
    private final Thread sleeper = new Thread(this::measure, "stalls");
    private long due = System.nanoTime() + NAP.toNanos();

    Stalls() {
        sleeper.setDaemon(true);
        sleeper.start();
    }

    /** From when the thread was to run until it did. */
    private record Stall(long begin, long end) {
        long nanosSince(long moment) {
            return Math.max(0, Math.min(end - begin, end - moment));
        }

        boolean isWorthNoting() {
            return end - begin > WORTH_NOTING.toNanos();
        }
    }

    private void measure() {
        while (!Thread.interrupted()) {
            try {
                TimeUnit.NANOSECONDS.sleep(NAP.toNanos());
            } catch (InterruptedException closed) {
                return;
            }
            note();
        }
    }

    /** The next nap is due by the end of this one, so that whatever keeps the thread from beginning it counts, too. */
    private synchronized void note() {
        Stall stall = new Stall(due, System.nanoTime());
        if (stall.isWorthNoting()) {
            stalls.add(stall);
        }
        while (!stalls.isEmpty() && stall.end() - stalls.getFirst().end() > REMEMBERED.toNanos()) {
            stalls.removeFirst();
        }
        due = stall.end() + NAP.toNanos();
    }

    /**
     * How long threads were kept waiting since a moment of {@link System#nanoTime()}, all times together. A nap that should
     * be over by now counts too: who asks may have been the first to run again.
     */
    synchronized Duration since(long moment) {
        Stall now = new Stall(due, System.nanoTime());
        return Duration.ofNanos(Stream.concat(stalls.stream(), Stream.of(now))
                .filter(Stall::isWorthNoting)
                .mapToLong(stall -> stall.nanosSince(moment))
                .sum());
    }

    @Override
    public void close() {
        sleeper.interrupt();
    }
}
