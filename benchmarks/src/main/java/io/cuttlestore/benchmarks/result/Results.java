package io.cuttlestore.benchmarks.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.cuttlestore.benchmarks.Measurement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that a run found, as its result file holds it.
 *
 * @param date the day and minute it began, in UTC
 * @param command what started it
 * @param seconds how long it took
 * @param machine what it ran on, by property
 * @param versions of what was measured, by name
 * @param measurements in the order in which they were made
 * @param leftOut what could not be measured
 */
public record Results(
        String date,
        String command,
        long seconds,
        Map<String, String> machine,
        Map<String, String> versions,
        List<Measurement> measurements,
        List<LeftOut> leftOut) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    public Results {
        measurements = List.copyOf(measurements);
        leftOut = List.copyOf(leftOut);
    }

    /** Throws what Jackson throws if the file is missing or isn't a result file. */
    public static Results read(Path file) {
        return JSON.readValue(file.toFile(), Results.class);
    }

    public void write(Path file) {
        JSON.writeValue(file.toFile(), this);
    }

    /** Whether it was a short run, with fewer entries. */
    @JsonIgnore
    public boolean isQuick() {
        return command.contains(" --quick");
    }

    /** The JDKs that were measured, by version. */
    public List<String> jdks() {
        TreeSet<String> jdks = new TreeSet<>();
        measurements.forEach(measurement -> jdks.add(measurement.jdk()));
        jdks.remove("");
        return List.copyOf(jdks);
    }

    /** The measurement of one contender. */
    public Optional<Measurement> find(String work, String contender, String jdk, long x, String unit) {
        return stream(work, contender, jdk, x)
                .filter(measurement -> measurement.unit().equals(unit))
                .findFirst();
    }

    /** How many times another contender's time one takes at the same work; empty unless both were measured. */
    public Optional<Spread> ratio(String work, String contender, String baseline, String jdk, long x) {
        return stream(work, contender, jdk, x)
                .findFirst()
                .flatMap(one -> find(work, baseline, jdk, x, one.unit())
                        .flatMap(other -> Spread.ofRatios(one.values(), other.values())));
    }

    private Stream<Measurement> stream(String work, String contender, String jdk, long x) {
        return measurements.stream()
                .filter(measurement -> measurement.work().equals(work)
                        && measurement.contender().equals(contender)
                        && measurement.jdk().equals(jdk)
                        && measurement.x() == x);
    }
}
