package io.cuttlestore.benchmarks.peers;

import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Measurement;
import io.cuttlestore.benchmarks.MeasurementLines;
import io.cuttlestore.benchmarks.Place;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Runs the Rust original's own benchmark with it and with ours, round by round in turn, and prints {@link Measurement}s.
 * Ends with {@link #LEFT_OUT} and a line on standard error if there is no Rust toolchain.
 */
public final class RustOriginal {
    /** The exit code that says that nothing was measured, since the Rust program is not to be had here. */
    public static final int LEFT_OUT = 3;

    /** The property that names the folder of the peers' sources; {@code benchmarks/peers} unless set. */
    private static final String SOURCES = "cuttlestore.bench.peers";

    private static final boolean QUICK = Boolean.getBoolean("cuttlestore.bench.quick");
    private static final Duration WARM_UP = Duration.ofMillis(QUICK ? 250 : 1_000);
    private static final Duration ROUND = Duration.ofMillis(QUICK ? 80 : 200);
    private static final int ROUNDS = QUICK ? 5 : 11;

    private RustOriginal() {}

    /** The stores, each with connection strings under which the contenders do not meet. */
    private record Store(String name, Map<String, String> ours, String theirs) {
        static List<Store> all() {
            String redis = "redis://" + Place.redisHost() + ":" + Place.redisPort();
            String ourFiles = "filesystem://" + Place.newFolder();
            return List.of(
                    new Store("in-memory", Map.of(Comparison.OURS, "in-memory"), "in-memory"),
                    new Store(
                            "filesystem",
                            Map.of(
                                    Comparison.OURS,
                                    ourFiles,
                                    Comparison.OURS + "-power",
                                    "filesystem://" + Place.newFolder() + "?durability=power"),
                            "filesystem://" + Place.newFolder()),
                    new Store(
                            "sqlite",
                            Map.of(Comparison.OURS, "sqlite://" + Place.newFolder() + "/ours.db"),
                            "sqlite://" + Place.newFolder() + "/theirs.db"),
                    new Store("redis", Map.of(Comparison.OURS, redis + "/1"), redis + "/2"));
        }
    }

    public static void main(String[] args) throws InterruptedException {
        try {
            run();
        } catch (LeftOutException e) {
            System.err.println("the Rust original is left out: " + e.getMessage());
            System.exit(LEFT_OUT);
        } catch (IOException | RuntimeException e) {
            System.err.println("the Rust original: " + e);
            System.exit(1);
        }
    }

    private static void run() throws IOException, InterruptedException, LeftOutException {
        Path program = RustProgram.build(Path.of(System.getProperty(SOURCES, "benchmarks/peers"), "rust-original"));
        for (Store store : Store.all()) {
            List<Contender> contenders = new ArrayList<>();
            try {
                store.ours.forEach((name, string) -> contenders.add(new Ours(name, string)));
                contenders.add(RustProgram.start(program, store.theirs));
                for (Work work : Work.values()) {
                    compare(work, store.name, contenders);
                }
            } finally {
                contenders.forEach(Contender::close);
            }
        }
    }

    private static void compare(Work work, String store, List<Contender> contenders) throws IOException {
        List<List<Double>> values = new ArrayList<>();
        for (Contender contender : contenders) {
            contender.round(work, WARM_UP);
            values.add(new ArrayList<>());
        }
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < contenders.size(); i++) {
                values.get(i).add(contenders.get(i).round(work, ROUND));
            }
        }
        for (int i = 0; i < contenders.size(); i++) {
            Contender contender = contenders.get(i);
            long callers = work.concurrent ? 1_000 : 1;
            MeasurementLines.print(new Measurement(
                    "rust-" + work.id() + "-" + store,
                    contender.name(),
                    contender.jdk(),
                    callers,
                    "us/op",
                    values.get(i),
                    Collections.emptyMap()));
        }
    }
}
