package io.cuttlestore.benchmarks.scale;

import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Measurement;
import io.cuttlestore.benchmarks.MeasurementLines;
import io.cuttlestore.benchmarks.run.Program;
import io.cuttlestore.cli.Cuttle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Lets one store grow from a thousand entries tenfold and tenfold again, and measures it at each size. What {@link Scale}
 * starts for each store, with the heap that it is to make do with.
 */
final class Growth {
    /** The heap of all stores but the one in memory, and of the command that copies. */
    static final String SMALL_HEAP = "-Xmx64m";

    private static final long SMALLEST = 1_000;
    private static final int FEWEST_VALUES = 3;
    private static final int MOST_VALUES = 15;

    /** How long one thing is measured at one size, unless three times take longer. */
    private static final long USUAL_NANOS = Scale.QUICK ? 150_000_000L : 1_000_000_000L;

    /** How long at most, even if that is not three times. */
    private static final long MOST_NANOS = Scale.QUICK ? 1_000_000_000L : 8_000_000_000L;

    private static final long WARM_UP_NANOS = Scale.QUICK ? 300_000_000L : 2_000_000_000L;

    private final String name;
    private final String connectionString;
    private final long largest;
    private final String copyTo;
    private final GrowingStore store;

    private Growth(String name, String connectionString, long largest, String copyTo) {
        this.name = name;
        this.connectionString = connectionString;
        this.largest = largest;
        this.copyTo = copyTo;
        this.store = new GrowingStore(connectionString, !name.equals("redis"));
    }

    /**
     * Measures one store.
     *
     * @param args its name; its connection string; how many entries it shall have in the end; where copies go, with
     *     {@code %d} for the size, or nothing if it is not copied
     */
    public static void main(String[] args) {
        Growth growth = new Growth(args[0], args[1], Long.parseLong(args[2]), args[3]);
        try {
            growth.run();
        } catch (IOException | InterruptedException | RuntimeException | OutOfMemoryError e) {
            System.out.println(Program.LEFT_OUT + "scale-" + args[0] + ": " + e);
            System.exit(1);
        } finally {
            growth.store.close();
        }
    }

    private void run() throws IOException, InterruptedException {
        for (long size = SMALLEST; size <= largest; size *= 10) {
            System.err.printf(Locale.ROOT, "scale: %s with %,d entries%n", name, size);
            print("load", size, "us/op", List.of(store.load(size)));
            if (size == SMALLEST) {
                warmUp();
            }
            print("get", size, "us/op", repeat(store::get));
            print("prefix", size, "ms", repeat(store::prefix));
            if (store.isSwept()) {
                print("sweep", size, "ms", repeat(store::sweep));
            }
            print("scan", size, "entries/s", repeat(store::scan));
            if (!copyTo.isEmpty()) {
                String target = String.format(Locale.ROOT, copyTo, size);
                print("copy", size, "us/op", List.of(copy(target) / 1e3 / size));
            }
        }
    }

    /** Copies the store with the command-line tool in a process of its own; the nanoseconds that it took. */
    private double copy(String target) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int exitCode = new Child(SMALL_HEAP, Cuttle.class.getName(), "copy", connectionString, target)
                .run(ProcessBuilder.Redirect.DISCARD);
        if (exitCode != 0) {
            throw new IllegalStateException("the copy to " + target + " ended with exit code " + exitCode);
        }
        return System.nanoTime() - begin;
    }

    private void warmUp() {
        repeat(store::get, WARM_UP_NANOS);
        repeat(store::prefix, WARM_UP_NANOS);
        repeat(store::scan, WARM_UP_NANOS);
        if (store.isSwept()) {
            repeat(store::sweep, WARM_UP_NANOS);
        }
    }

    private static List<Double> repeat(DoubleSupplier measure) {
        long begin = System.nanoTime();
        List<Double> values = new ArrayList<>();
        long nanos;
        do {
            values.add(measure.getAsDouble());
            nanos = System.nanoTime() - begin;
        } while (values.size() < FEWEST_VALUES
                ? nanos < MOST_NANOS
                : values.size() < MOST_VALUES && nanos < USUAL_NANOS);
        return values;
    }

    private static void repeat(DoubleSupplier measure, long forNanos) {
        long begin = System.nanoTime();
        do {
            double unused = measure.getAsDouble();
        } while (System.nanoTime() - begin < forNanos);
    }

    private void print(String what, long size, String unit, List<Double> values) {
        MeasurementLines.print(new Measurement(
                "scale-" + name + "-" + what,
                Comparison.OURS,
                Integer.toString(Runtime.version().feature()),
                size,
                unit,
                values,
                Map.of()));
    }
}
