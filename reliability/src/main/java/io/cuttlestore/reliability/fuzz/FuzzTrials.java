package io.cuttlestore.reliability.fuzz;

import io.cuttlestore.reliability.Trial;
import java.util.List;

/** The trials of this package. */
public final class FuzzTrials {
    private FuzzTrials() {}

    public static List<Trial> all() {
        return List.of(
                fuzz("fuzz-connection-string", "a connection string", ConnectionStringTarget.class),
                fuzz("fuzz-keys", "a key", KeysTarget.class),
                fuzz("fuzz-entry-file", "the file of an entry", EntryFileTarget.class),
                fuzz("fuzz-values", "a stored value", ValuesTarget.class),
                fuzz("fuzz-import", "what is imported", ImportTarget.class));
    }

    private static Trial fuzz(String name, String what, Class<?> target) {
        String passes =
                what + " of any bytes, made by a coverage-guided fuzzer for 5 minutes (6 s in a short run), is taken or"
                        + " refused by a typed error, in bounded time and memory";
        return new Trial(name, passes, 1, 1, site -> new Fuzzing(site, target));
    }
}
