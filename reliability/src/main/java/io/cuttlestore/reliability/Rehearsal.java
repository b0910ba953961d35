package io.cuttlestore.reliability;

import io.cuttlestore.Cuttlestore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does once what {@linkplain ChildJvm children} do, in a JVM that archives the classes which it has loaded. Children that are
 * given the archive start in about half the time.
 */
public final class Rehearsal {
    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("rehearsal");
        try {
            for (String store : List.of("sqlite://" + folder + "/store.db", "filesystem://" + folder + "/store")) {
                for (String options : List.of("", "?durability=power")) {
                    rehearse(store + options);
                }
            }
        } finally {
            Folders.delete(folder);
        }
    }

    private static void rehearse(String store) {
        try (Cuttlestore<String> entries = Cuttlestore.open(store, String.class)) {
            entries.put("key", "value");
            entries.putAll(Map.of("key", "value", "another", "value"));
            entries.putIfAbsent("key", "value");
            entries.update("key", value -> Optional.of(value + "s"));
            entries.get("key");
            entries.delete("key");
        }
    }
}
