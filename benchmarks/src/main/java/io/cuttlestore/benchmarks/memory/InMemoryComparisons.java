package io.cuttlestore.benchmarks.memory;

import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is measured of the in-memory store. */
public final class InMemoryComparisons {
    private static final String RAW = "concurrentHashMap";
    private static final List<String> OURS_AND_RAW = List.of(Comparison.OURS, RAW);
    private static final List<String> OURS_RAW_AND_KEY = List.of(Comparison.OURS, RAW, "keyOnly");
    private static final List<String> ALL = List.of(Comparison.OURS, RAW, "caffeine", "mvStore");
    private static final List<Target> TARGETS = List.of(Target.atMost(1.6, RAW));
    private static final Map<String, String> STRINGS = Map.of("type", "String", "namespace", "root");
    private static final Map<String, String> INTEGERS = Map.of("type", "Integer", "namespace", "root");
    private static final Map<String, String> RECORDS = Map.of("type", "Agent", "namespace", "agents");

    private InMemoryComparisons() {}

    public static List<Comparison> all() {
        List<Comparison> all = new ArrayList<>(List.of(
                get("in-memory-get", "String", ALL, STRINGS),
                get("in-memory-get-record", "a record in a namespace", OURS_AND_RAW, RECORDS),
                put("in-memory-put", "String", ALL, STRINGS),
                put("in-memory-put-integer", "Integer", OURS_AND_RAW, INTEGERS),
                put("in-memory-put-record", "a record in a namespace", OURS_AND_RAW, RECORDS),
                new Comparison(
                        "in-memory-get-new-string",
                        "In-memory get, 1 thread, half of it missing, by a key made for the call",
                        InMemoryGetNewString.class,
                        OURS_RAW_AND_KEY,
                        1,
                        STRINGS,
                        TARGETS),
                new Comparison(
                        "in-memory-put-new-string",
                        "In-memory put, 1 thread, by a key made for the call",
                        InMemoryPutNewString.class,
                        OURS_RAW_AND_KEY,
                        1,
                        STRINGS,
                        TARGETS)));
        for (int callers : List.of(8, 64)) {
            all.add(new Comparison(
                    "in-memory-get-callers",
                    "In-memory get, half of it missing",
                    InMemoryGet.class,
                    OURS_AND_RAW,
                    callers,
                    STRINGS,
                    List.of()));
        }
        return List.copyOf(all);
    }

    private static Comparison get(String id, String what, List<String> contenders, Map<String, String> params) {
        String title = "In-memory get, 1 thread, half of it missing, " + what;
        return new Comparison(id, title, InMemoryGet.class, contenders, 1, params, TARGETS);
    }

    private static Comparison put(String id, String what, List<String> contenders, Map<String, String> params) {
        String title = "In-memory put, 1 thread, " + what;
        return new Comparison(id, title, InMemoryPut.class, contenders, 1, params, TARGETS);
    }
}
