package io.cuttlestore.reliability;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
 * @param outcomes of the trials, in their order
 */
record Results(String date, String command, long seconds, Map<String, String> machine, List<Outcome> outcomes) {
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    Results {
        outcomes = List.copyOf(outcomes);
    }

    /** Throws what Jackson throws if the file is missing or isn't a result file. */
    static Results read(Path file) {
        return JSON.readValue(file.toFile(), Results.class);
    }

    void write(Path file) {
        JSON.writeValue(file.toFile(), this);
    }

    boolean arePassed() {
        return outcomes.stream().allMatch(Outcome::isPassed);
    }
}
