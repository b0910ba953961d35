package io.cuttlestore.cli;

import io.cuttlestore.AsyncCuttlestore;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.Page;
import io.cuttlestore.ScanOptions;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Compares every entry of a store with its copy: value and deadline. What differs is read again from both sides, since it
 * may have changed meanwhile; what has expired, or is about to, is no difference. Not thread-safe.
 */
final class Verification {
    /** How far the clocks of two stores may lie apart. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(1);
    /** Servers that tell remaining times and not deadlines are off by this much. */
    private static final Duration DEADLINE_TOLERANCE = Duration.ofMillis(1);

    private static final int LISTED = 10;

    private final Cuttlestore<byte[]> source;
    private final Cuttlestore<byte[]> target;
    private final PrintStream report;
    private long compared;
    private long differences;

    /**
     * A verification.
     *
     * @param report where the first keys that differ are listed
     */
    Verification(Cuttlestore<byte[]> source, Cuttlestore<byte[]> target, PrintStream report) {
        this.source = source;
        this.target = target;
        this.report = report;
    }

    void run(ScanOptions options, Progress progress) {
        for (Pages pages = new Pages(source, options); pages.hasNext(); ) {
            Page<byte[]> page = pages.next();
            compare(page.entries());
            progress.step(page.entries().size());
        }
    }

    long compared() {
        return compared;
    }

    long differences() {
        return differences;
    }

    private void compare(List<Entry<byte[]>> originals) {
        AsyncCuttlestore<byte[]> copies = target.async();
        List<Optional<Entry<byte[]>>> found = Futures.await(
                originals.stream().map(original -> copies.entry(original.key())).toList());
        for (int i = 0; i < originals.size(); i++) {
            compared++;
            String key = originals.get(i).key();
            if (!same(Optional.of(originals.get(i)), found.get(i)) && !same(source.entry(key), target.entry(key))) {
                differences++;
                list(key);
            }
        }
    }

    private void list(String key) {
        if (differences <= LISTED) {
            report.println("cuttle: " + Printable.line(key) + " differs");
        } else if (differences == LISTED + 1) {
            report.println("cuttle: more keys differ");
        }
    }

    private static boolean same(Optional<Entry<byte[]>> original, Optional<Entry<byte[]>> copy) {
        if (original.isPresent() && copy.isPresent()) {
            return Arrays.equals(original.get().value(), copy.get().value())
                    && sameDeadline(original.get().expiresAt(), copy.get().expiresAt());
        }
        return original.or(() -> copy).map(Verification::isExpiring).orElse(true);
    }

    private static boolean sameDeadline(Optional<Instant> original, Optional<Instant> copy) {
        if (original.isEmpty() || copy.isEmpty()) {
            return original.isEmpty() && copy.isEmpty();
        }
        return Duration.between(original.get(), copy.get()).abs().compareTo(DEADLINE_TOLERANCE) <= 0;
    }

    private static boolean isExpiring(Entry<byte[]> entry) {
        Instant soon = Instant.now().plus(CLOCK_TOLERANCE);
        return entry.expiresAt().map(deadline -> !deadline.isAfter(soon)).orElse(false);
    }
}
