package io.cuttlestore.reliability.crash;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.reliability.Tally;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a store must hold after its process or its disk went away in the middle of a script. */
final class Aftermath {
    private Aftermath() {}

    /**
     * Compares. What was acknowledged must be there, and of the next step what it would have done to a key, or not.
     *
     * @param script from its beginning
     * @param acknowledged how many steps were
     */
    static void require(Cuttlestore<String> store, Script script, int acknowledged, Tally tally) {
        for (int i = 0; i < acknowledged; i++) {
            script.skip();
        }
        Set<String> open = new TreeSet<>();
        for (String key : script.keys()) {
            if (!store.get(key).equals(script.value(key))) {
                open.add(key);
            }
        }
        script.skip();
        for (String key : open) {
            Optional<String> found = store.get(key);
            if (!found.equals(script.value(key))) {
                throw new AssertionError("after " + acknowledged + " acknowledged steps '" + key + "' has "
                        + brief(found) + ", which no step since has written");
            }
        }
        tally.count("acknowledged writes", acknowledged);
        if (!open.isEmpty()) {
            tally.count("unacknowledged writes that took place");
        }
    }

    /** A store must hold nothing but keys of the scripts. */
    static void requireNothingElse(Cuttlestore<String> store, Set<String> keys) {
        try (Stream<String> found = store.keys(ScanOptions.all())) {
            Set<String> others = found.filter(key -> !keys.contains(key)).collect(Collectors.toSet());
            if (!others.isEmpty()) {
                throw new AssertionError("keys that nobody wrote: " + others);
            }
        }
    }

    private static String brief(Optional<String> value) {
        return value.map(text -> text.length() > 60 ? text.substring(0, 60) + "... (" + text.length() + ")" : text)
                .orElse("no value");
    }
}
