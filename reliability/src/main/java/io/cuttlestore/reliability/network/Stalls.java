package io.cuttlestore.reliability.network;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

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

    Stalls() {
        sleeper.setDaemon(true);
        sleeper.start();
    }

    private record Stall(long end, long nanos) {}

    private void measure() {
        long asleep = System.nanoTime();
        while (!Thread.interrupted()) {
            try {
                TimeUnit.NANOSECONDS.sleep(NAP.toNanos());
            } catch (InterruptedException closed) {
                return;
            }
            long awake = System.nanoTime();
            long late = awake - asleep - NAP.toNanos();
            if (late > WORTH_NOTING.toNanos()) {
                note(new Stall(awake, late));
            }
            asleep = awake;
        }
    }

    private synchronized void note(Stall stall) {
        stalls.add(stall);
        while (stall.end() - stalls.getFirst().end() > REMEMBERED.toNanos()) {
            stalls.removeFirst();
        }
    }

    /** How long threads were kept waiting since a moment of {@link System#nanoTime()}, all times together. */
    synchronized Duration since(long begin) {
        return Duration.ofNanos(stalls.stream()
                .filter(stall -> stall.end() - begin > 0)
                .mapToLong(Stall::nanos)
                .sum());
    }

    @Override
    public void close() {
        sleeper.interrupt();
    }
}
