package io.cuttlestore.reliability;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What came of each trial when it was last carried out, as the result file holds it.
 *
 * @param runs the oldest first; no trial is in two of them
 */
record Results(List<Run> runs) {
    static final Results NONE = new Results(List.of());

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    Results {
        runs = List.copyOf(runs);
    }

    /** Throws what Jackson throws if the file is missing or isn't a result file. */
    static Results read(Path file) {
        return JSON.readValue(file.toFile(), Results.class);
    }

    void write(Path file) {
        JSON.writeValue(file.toFile(), this);
    }

    /** With another run, whose trials take the place of the same in earlier ones. */
    Results with(Run run) {
        Stream<Run> earlier = runs.stream()
                .map(before -> before.without(run))
                .filter(before -> !before.outcomes().isEmpty());
        return new Results(Stream.concat(earlier, Stream.of(run)).toList());
    }
}
