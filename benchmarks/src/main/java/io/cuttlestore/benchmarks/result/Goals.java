package io.cuttlestore.benchmarks.result;

import io.cuttlestore.benchmarks.Backend;
import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Measurement;
import io.cuttlestore.benchmarks.result.Goal.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All rows of the target table: those of the comparisons, and those that no ratio of two contenders tells. */
public final class Goals {
    private static final long TEN_THOUSAND = 10_000;
    private static final String RUST = "rust-original";
    private static final long MILLION = 1_000_000;

    /** The cells of the Rust original's own benchmark, as the ids of works. */
    public static final List<String> RUST_CELLS = rustCells();

    private Goals() {}

    private static List<String> rustCells() {
        return Arrays.stream(Backend.values())
                .flatMap(backend -> Stream.of("get-sequential", "get-concurrent", "put-sequential", "put-concurrent")
                        .map(what -> "rust-" + what + "-" + backend.id()))
                .toList();
    }

    /** The targets of some comparisons, and all others. */
    public static List<Goal> of(List<Comparison> comparisons) {
        List<Goal> goals = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            comparison.targets().forEach(target -> goals.add(Goal.of(comparison, target)));
        }
        goals.addAll(List.of(
                allocation("in-memory-get", "In-memory get, allocation"),
                allocation("in-memory-put", "In-memory put, allocation"),
                new Goal(
                        "scale-in-memory-memory",
                        "In-memory, heap with 1M entries",
                        (results, jdk) -> results.ratio("scale-in-memory-memory", Comparison.OURS, "map", jdk, MILLION),
                        Direction.AT_MOST,
                        1.15,
                        "× a map with an expiry field"),
                new Goal(
                        "scale-sqlite-scan",
                        "SQLite scan of entries of 100 B",
                        (results, jdk) -> single(results, "scale-sqlite-scan", jdk),
                        Direction.AT_LEAST,
                        1_500_000,
                        " entries/s"),
                growth("scale-sqlite-sweep", "SQLite sweep of 1k expired, among 1M live"),
                growth("scale-sqlite-prefix", "SQLite scan of a prefix with 1k matches, among 1M"),
                smallHeap("scale-sqlite-scan", "SQLite scan in 64 MiB of heap"),
                smallHeap("scale-sqlite-copy", "SQLite copy in 64 MiB of heap"),
                smallHeap("scale-redis-scan", "Redis scan in 64 MiB of heap"),
                smallHeap("scale-redis-copy", "Redis copy in 64 MiB of heap"),
                start("sqlite", "SQLite", 110),
                start("filesystem", "files", 70),
                start("redis", "Redis", 90),
                new Goal(
                        "rust",
                        "Rust original, the worst of its 16 cells",
                        Goals::worstRustCell,
                        Direction.AT_MOST,
                        1,
                        "× its time")));
        return goals;
    }

    private static Goal allocation(String work, String subject) {
        Goal.Reading reading = (results, jdk) -> results.find(work, Comparison.OURS, jdk, 1, Unit.ALLOCATION)
                .flatMap(measurement -> Spread.of(measurement.values()));
        return new Goal(work, subject, reading, Direction.AT_MOST, 96, " B an operation");
    }

    private static Goal growth(String work, String subject) {
        Goal.Reading reading = (results, jdk) -> {
            Optional<Measurement> few = ours(results, work, jdk)
                    .filter(point -> point.x() == TEN_THOUSAND)
                    .findFirst();
            Optional<Measurement> many = ours(results, work, jdk)
                    .filter(point -> point.x() == MILLION)
                    .findFirst();
            return few.isEmpty() || many.isEmpty()
                    ? Optional.empty()
                    : Spread.ofRatios(many.get().values(), few.get().values());
        };
        return new Goal(work, subject, reading, Direction.AT_MOST, 2, "× the time among 10k");
    }

    /** The program runs it in a small heap, so that the most entries that it got through tell. */
    private static Goal smallHeap(String work, String subject) {
        Goal.Reading reading = (results, jdk) -> results.isQuick()
                ? Optional.empty()
                : Spread.of(
                        ours(results, work, jdk)
                                .map(point -> (double) point.x())
                                .max(Comparator.naturalOrder())
                                .stream()
                                .toList());
        return new Goal(work, subject, reading, Direction.AT_LEAST, 10 * MILLION, " entries");
    }

    private static Goal start(String store, String name, double milliseconds) {
        String work = "scale-cuttle-get-" + store;
        return new Goal(
                work,
                "Command line: cuttle get, " + name,
                (results, jdk) -> single(results, work, jdk),
                Direction.AT_MOST,
                milliseconds,
                " ms");
    }

    /** What a work came to with most entries. */
    private static Optional<Spread> single(Results results, String work, String jdk) {
        return ours(results, work, jdk)
                .max(Comparator.comparingLong(Measurement::x))
                .flatMap(measurement -> Spread.of(measurement.values()));
    }

    private static Stream<Measurement> ours(Results results, String work, String jdk) {
        return results.measurements().stream()
                .filter(point -> point.work().equals(work)
                        && point.contender().equals(Comparison.OURS)
                        && point.jdk().equals(jdk));
    }

    private static Optional<Spread> worstRustCell(Results results, String jdk) {
        List<Spread> cells = RUST_CELLS.stream()
                .flatMap(cell -> rustCell(results, cell, jdk).stream())
                .toList();
        return cells.size() < RUST_CELLS.size()
                ? Optional.empty()
                : cells.stream().max(Comparator.comparingDouble(Spread::median));
    }

    /** How many times the Rust original's time ours is, in one cell. */
    public static Optional<Spread> rustCell(Results results, String cell, String jdk) {
        return ours(results, cell, jdk)
                .findFirst()
                .flatMap(ours -> results.find(cell, RUST, "", ours.x(), ours.unit())
                        .flatMap(rust -> Spread.ofRatios(ours.values(), rust.values())));
    }
}
