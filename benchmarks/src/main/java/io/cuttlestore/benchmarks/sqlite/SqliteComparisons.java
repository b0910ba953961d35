package io.cuttlestore.benchmarks.sqlite;

import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is compared on SQLite. */
public final class SqliteComparisons {
    private static final String OURS = Comparison.OURS;
    private static final String JDBC = "jdbc";
    private static final String H2 = "h2MvStore";
    private static final String MAPDB = "mapDb";
    private static final Map<String, String> PROCESS = Map.of("durability", "process");
    private static final Map<String, String> POWER = Map.of("durability", "power");

    private SqliteComparisons() {}

    /** All of them. */
    public static List<Comparison> all() {
        List<Comparison> all = new ArrayList<>();
        all.add(get("hit"));
        all.add(get("miss"));
        all.addAll(puts());
        all.addAll(batches());
        for (int callers : new int[] {8, 256, 1_000}) {
            all.add(new Comparison(
                    "sqlite-put-callers",
                    "SQLite put",
                    SqlitePut.class,
                    List.of(OURS, JDBC),
                    callers,
                    PROCESS,
                    List.of()));
        }
        all.add(new Comparison(
                "sqlite-put-latency",
                "SQLite put, 64 threads",
                SqlitePut.class,
                List.of(OURS, JDBC),
                64,
                PROCESS,
                List.of()));
        return all;
    }

    private static Comparison get(String outcome) {
        return new Comparison(
                "sqlite-get-" + outcome,
                "SQLite get, 1 thread, " + outcome,
                SqliteGet.class,
                List.of(OURS, JDBC, H2, MAPDB),
                1,
                Map.of("durability", "process", "outcome", outcome),
                List.of(Target.atMost(1.15, JDBC)));
    }

    private static List<Comparison> puts() {
        return List.of(
                new Comparison(
                        "sqlite-put",
                        "SQLite put, 1 thread",
                        SqlitePut.class,
                        List.of(OURS, JDBC, H2),
                        1,
                        PROCESS,
                        List.of(Target.atMost(1.15, JDBC))),
                new Comparison(
                        "sqlite-put-power",
                        "SQLite put, 1 thread, durability power",
                        SqlitePut.class,
                        List.of(OURS, JDBC, H2, MAPDB),
                        1,
                        POWER,
                        List.of(Target.atMost(1.15, JDBC))),
                new Comparison(
                        "sqlite-put-64",
                        "SQLite put, 64 threads",
                        SqlitePut.class,
                        List.of(OURS, JDBC),
                        64,
                        PROCESS,
                        List.of(Target.faster(1.5, JDBC))),
                new Comparison(
                        "sqlite-put-64-power",
                        "SQLite put, 64 threads, durability power",
                        SqlitePut.class,
                        List.of(OURS, JDBC),
                        64,
                        POWER,
                        List.of(Target.faster(10, JDBC))),
                new Comparison(
                        "sqlite-async-put",
                        "SQLite put, 1,000 futures",
                        SqliteAsyncPut.class,
                        List.of(OURS, JDBC),
                        1,
                        PROCESS,
                        List.of(Target.faster(5, JDBC))),
                new Comparison(
                        "sqlite-async-put-power",
                        "SQLite put, 1,000 futures, durability power",
                        SqliteAsyncPut.class,
                        List.of(OURS, JDBC),
                        1,
                        POWER,
                        List.of(Target.faster(40, JDBC))));
    }

    private static List<Comparison> batches() {
        return List.of(
                new Comparison(
                        "sqlite-get-all",
                        "SQLite getAll, 100 keys",
                        SqliteGetAll.class,
                        List.of(OURS, "singleGets", JDBC),
                        1,
                        PROCESS,
                        List.of(Target.faster(4, "singleGets"))),
                new Comparison(
                        "sqlite-put-all",
                        "SQLite putAll, 1,000 entries",
                        SqlitePutAll.class,
                        List.of(OURS, JDBC),
                        1,
                        PROCESS,
                        List.of()),
                new Comparison(
                        "sqlite-scan",
                        "SQLite scan, values of 100 bytes",
                        SqliteScan.class,
                        List.of(OURS, JDBC),
                        1,
                        PROCESS,
                        List.of()));
    }
}
