package io.cuttlestore.benchmarks.filesystem;

import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is measured on files. */
public final class FilesystemComparisons {
    private static final List<Integer> CALLERS = List.of(8, 64, 256);

    private FilesystemComparisons() {}

    public static List<Comparison> all() {
        List<Comparison> all = new ArrayList<>();
        all.add(get("filesystem-get-hit", "hit", "HIT", "fileChannel", 1.15));
        all.add(get("filesystem-get-miss", "miss", "MISS", "filesExists", 1.3));
        all.add(put("filesystem-put-replace", "of keys that are there", "REPLACED", 1));
        all.add(put("filesystem-put-new", "of new keys", "NEW", 1));
        all.add(put("filesystem-put-replace-64", "of keys that are there", "REPLACED", 64));
        all.add(powerPut(1, Target.atMost(1.15, "syncedTempAndRename")));
        all.add(powerPut(64, Target.faster(1, "syncedTempAndRename")));
        all.add(new Comparison(
                "filesystem-power-put-async",
                "Files put that survives a power cut, 1,000 in flight",
                FilesystemPowerPutAsync.class,
                List.of(Comparison.OURS, "syncedTempAndRename"),
                1,
                Map.of(),
                List.of()));
        CALLERS.forEach(callers -> all.add(callers(callers)));
        all.add(new Comparison(
                "filesystem-put-latency",
                "Files put, 1 thread",
                FilesystemPut.class,
                List.of(Comparison.OURS, "tempAndRename"),
                1,
                Map.of("kind", "REPLACED"),
                List.of()));
        return all;
    }

    private static Comparison get(String id, String title, String look, String baseline, double mostTimes) {
        return new Comparison(
                id,
                "Files get, 1 thread, " + title,
                FilesystemGet.class,
                List.of(Comparison.OURS, baseline, "openDal"),
                1,
                Map.of("look", look),
                List.of(Target.atMost(mostTimes, baseline)));
    }

    private static Comparison put(String id, String title, String kind, int threads) {
        return new Comparison(
                id,
                "Files put " + title + ", " + threads(threads),
                FilesystemPut.class,
                List.of(Comparison.OURS, "tempAndRename", "openDal"),
                threads,
                Map.of("kind", kind),
                List.of(Target.atMost(1.15, "tempAndRename")));
    }

    private static Comparison powerPut(int threads, Target target) {
        return new Comparison(
                "filesystem-power-put-" + threads,
                "Files put that survives a power cut, " + threads(threads),
                FilesystemPowerPut.class,
                List.of(Comparison.OURS, "syncedTempAndRename"),
                threads,
                Map.of(),
                List.of(target));
    }

    private static Comparison callers(int threads) {
        return new Comparison(
                "filesystem-get-callers",
                "Files get, hit",
                FilesystemGet.class,
                List.of(Comparison.OURS, "fileChannel", "openDal"),
                threads,
                Map.of("look", "HIT"),
                List.of());
    }

    private static String threads(int threads) {
        return threads == 1 ? "1 thread" : threads + " threads";
    }
}
