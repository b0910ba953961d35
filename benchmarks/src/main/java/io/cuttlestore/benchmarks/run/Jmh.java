package io.cuttlestore.benchmarks.run;

import io.cuttlestore.benchmarks.Comparison;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Measures forks by JMH. */
final class Jmh {
    /** All of the heap is had before anything is measured: a virtual machine's host may take 12 us to find a page. */
    private static final List<String> MEMORY = List.of("-Xms512m", "-Xmx512m", "-XX:+AlwaysPreTouch");

    /** With more threads than that, waiting until each has begun and ended takes longer than what is measured. */
    private static final int MOST_IN_STEP = 64;

    private static final TimeValue LONGEST_ITERATION = TimeValue.seconds(60);

    private final OutputFormat log;
    private final List<String> properties;

    /**
     * @param log where JMH says what it does
     * @param properties what the forks are told, as options of the JVM
     */
    Jmh(PrintStream log, List<String> properties) {
        this.log = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
        this.properties = properties;
        // The lock of JMH is a file that another user may own.
        System.setProperty("jmh.ignoreLock", "true");
    }

    /** Measures a contender in a JVM of its own. What that throws is a cause of the exception. */
    ForkResult run(Comparison comparison, String contender, Jdk jdk, Pace pace) throws RunnerException {
        Options options = options(comparison, contender, jdk, pace).build();
        BenchmarkResult measured =
                new Runner(options, log).run().iterator().next().getAggregatedResult();
        return result(comparison, measured);
    }

    private ChainedOptionsBuilder options(Comparison comparison, String contender, Jdk jdk, Pace pace) {
        List<String> jvm = new ArrayList<>(MEMORY);
        jvm.addAll(jdk.options());
        jvm.addAll(properties);
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^\\Q" + comparison.benchmark().getCanonicalName() + "." + contender + "\\E$")
                .mode(mode(comparison))
                .timeUnit(TimeUnit.MICROSECONDS)
                .threads(comparison.threads())
                .syncIterations(comparison.threads() <= MOST_IN_STEP)
                .forks(1)
                .warmupForks(0)
                .warmupIterations(pace.warmups())
                .warmupTime(time(pace.iteration()))
                .measurementIterations(pace.iterations())
                .measurementTime(time(pace.iteration()))
                .timeout(LONGEST_ITERATION)
                .shouldFailOnError(true)
                .addProfiler(GCProfiler.class)
                .jvm(jdk.java())
                .jvmArgs(jvm.toArray(String[]::new));
        comparison.params().forEach(options::param);
        return options;
    }

    private static TimeValue time(Duration duration) {
        return TimeValue.milliseconds(duration.toMillis());
    }

    /** Of many threads what they get done together: their mean times say little where some starve. */
    private static Mode mode(Comparison comparison) {
        if (comparison.isLatency()) {
            return Mode.SampleTime;
        }
        return comparison.threads() == 1 ? Mode.AverageTime : Mode.Throughput;
    }

    private static ForkResult result(Comparison comparison, BenchmarkResult measured) {
        Result<?> primary = measured.getPrimaryResult();
        double score = primary.getScore();
        double time = mode(comparison) == Mode.Throughput ? comparison.threads() / score : score;
        Result<?> allocated = measured.getSecondaryResults().get("gc.alloc.rate.norm");
        return new ForkResult(time, allocated == null ? Double.NaN : allocated.getScore(), primary.getStatistics());
    }
}
