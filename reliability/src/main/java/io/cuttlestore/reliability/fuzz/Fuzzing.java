package io.cuttlestore.reliability.fuzz;

import io.cuttlestore.reliability.ChildJvm;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Trial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lets Jazzer look for input that a target does not take well, for a while. */
final class Fuzzing implements Trial.Session {
    private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(6);
    private static final Duration FOR_ONE_INPUT = Duration.ofSeconds(25);
    private static final int SECONDS_TO_START_AND_END = 60;

    /** The heap of the child has its limit; the peak that libFuzzer looks at begins with that of this process. */
    private static final String NO_LIMIT_OF_THE_PROCESS = "-rss_limit_mb=0";

    private static final int MOST_SHOWN = 4_000;
    private static final Pattern EXECUTIONS = Pattern.compile("stat::number_of_executed_units:\\s+(\\d+)");

    private final Site site;
    private final Class<?> target;
    private final long seconds;
    private final long secondsForOne;

    Fuzzing(Site site, Class<?> target) {
        this(site, target, site.quick() ? SHORT : LONG, FOR_ONE_INPUT);
    }

    /**
     * Looks for such input for a while.
     *
     * @param forOne the longest that one input may take
     */
    Fuzzing(Site site, Class<?> target, Duration duration, Duration forOne) {
        this.site = site;
        this.target = target;
        this.seconds = duration.toSeconds();
        this.secondsForOne = forOne.toSeconds();
    }

    @Override
    public void attempt(long seed) throws Exception {
        Path corpus = Files.createDirectories(site.folder().resolve("corpus"));
        Path found = Files.createDirectories(site.folder().resolve("found"));
        Seeds.write(target, corpus);
        ChildJvm.Builder jvm = ChildJvm.of(JAZZER)
                .arguments(List.of(
                        "--target_class=" + target.getName(),
                        "--instrumentation_includes=io.cuttlestore.**",
                        "--reproducer_path=" + site.folder(),
                        "-seed=" + (seed & 0x7fffffff),
                        "-max_total_time=" + seconds,
                        "-timeout=" + secondsForOne,
                        NO_LIMIT_OF_THE_PROCESS,
                        "-artifact_prefix=" + found + "/",
                        "-print_final_stats=1",
                        corpus.toString()));
        try (ChildJvm fuzzer = jvm.start(site.folder())) {
            fuzzer.killAfter(seconds + secondsForOne + SECONDS_TO_START_AND_END);
            String output = new String(fuzzer.output().readAllBytes(), StandardCharsets.UTF_8);
            int status = fuzzer.await(SECONDS_TO_START_AND_END);
            String errors = fuzzer.errors();
            Matcher executions = EXECUTIONS.matcher(errors);
            if (status != 0 || !executions.find()) {
                throw new AssertionError("Jazzer ended with status " + status + ":\n" + finding(output + errors)
                        + "\nTo be kept in " + Seeds.file(target) + ":\n" + Seeds.lines(found));
            }
            site.tally().count("inputs", Long.parseLong(executions.group(1)));
        }
    }

    /** What Jazzer says from where it found something, or else last. */
    private static String finding(String said) {
        int found = said.indexOf("== Java Exception");
        int begin = found >= 0 ? found : Math.max(0, said.length() - MOST_SHOWN);
        return said.substring(begin, Math.min(said.length(), begin + MOST_SHOWN));
    }
}
