package io.cuttlestore.cli;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.cli.Benchmark.Measurement;
import io.cuttlestore.cli.Benchmark.Operation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = {
            "Measure a store: entries per second, and the time that a call takes.",
            "The keys are in a namespace of their own and are deleted at the end, after Ctrl-C too."
        })
final class BenchCommand extends StoreCommand {
    private static final int VALUE_BYTES = 100;
    private static final int BATCH = 100;
    private static final int WARM_UP_KEYS = 2_000;
    private static final int CLEANUP_SECONDS = 5;
    private static final Duration LONG = Duration.ofHours(1);
    private static final String ROW = "%-13s %12s %10s %10s %10s%n";

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "1",
            description = "Callers at the same time; ${DEFAULT-VALUE} unless given.")
    private int threads;

    @Option(
            names = "--keys",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Entries of " + VALUE_BYTES + " bytes; ${DEFAULT-VALUE} unless given.")
    private int keys;

    BenchCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean mayCreate() {
        return true;
    }

    @Override
    int run(Cuttlestore<byte[]> store, List<String> arguments) throws IOException {
        if (threads < 1 || keys < 1) {
            throw new IllegalArgumentException("--threads and --keys must be at least 1");
        }
        Benchmark benchmark = new Benchmark(threads);
        CountDownLatch cleaned = new CountDownLatch(1);
        String namespace = "cuttle-bench-" + UUID.randomUUID();
        try (Cuttlestore<byte[]> scratch = store.connection().store(namespace, byte[].class)) {
            OnInterrupt finishEarly = new OnInterrupt(() -> {
                benchmark.stop();
                awaitCleanup(cleaned);
            });
            finishEarly.during(() -> {
                try {
                    measureAll(scratch, benchmark);
                } finally {
                    scratch.clear();
                    cleaned.countDown();
                }
            });
        }
        return ExitCode.OK;
    }

    private static void awaitCleanup(CountDownLatch cleaned) {
        try {
            cleaned.await(CLEANUP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measureAll(Cuttlestore<byte[]> store, Benchmark benchmark) throws IOException {
        List<Operation> operations = operations(store);
        for (Operation operation : operations) {
            benchmark.measure(operation, Math.min(keys, WARM_UP_KEYS));
        }
        print(ROW, "operation", "entries/s", "p50", "p99", "p99.9");
        for (Operation operation : operations) {
            Measurement measured = benchmark.measure(operation, keys);
            if (benchmark.isStopped()) {
                return;
            }
            print(
                    ROW,
                    operation.name(),
                    String.format(Locale.ROOT, "%,.0f", measured.perSecond()),
                    Times.latency(measured.nanosAtPercentile(50)),
                    Times.latency(measured.nanosAtPercentile(99)),
                    Times.latency(measured.nanosAtPercentile(99.9)));
        }
    }

    private static List<Operation> operations(Cuttlestore<byte[]> store) {
        return List.of(
                new Operation("put", 1, i -> store.put(key(i), value(i))),
                new Operation("overwrite", 1, i -> store.put(key(i), value(-i))),
                new Operation("get", 1, i -> store.get(key(i))),
                new Operation("get absent", 1, i -> store.get("absent-" + i)),
                new Operation("touch", 1, i -> store.touch(key(i), LONG)),
                new Operation("delete", 1, i -> store.delete(key(i))),
                new Operation("putAll " + BATCH, BATCH, i -> store.putAll(batch(i))),
                new Operation("getAll " + BATCH, BATCH, i -> store.getAll(batchKeys(i))),
                new Operation("deleteAll " + BATCH, BATCH, i -> store.deleteAll(batchKeys(i))));
    }

    private static String key(int i) {
        return "key-" + i;
    }

    private static byte[] value(int seed) {
        byte[] value = new byte[VALUE_BYTES];
        Arrays.fill(value, (byte) seed);
        return value;
    }

    private static List<String> batchKeys(int first) {
        return IntStream.range(first, first + BATCH).mapToObj(BenchCommand::key).toList();
    }

    private static Map<String, byte[]> batch(int first) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        IntStream.range(first, first + BATCH).forEach(i -> entries.put(key(i), value(i)));
        return entries;
    }

    private void print(String format, Object... columns) throws IOException {
        shell().out().write(String.format(Locale.ROOT, format, columns).getBytes(StandardCharsets.UTF_8));
        shell().out().flush();
    }
}
