package io.cuttlestore.examples.guide;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.PutOptions;
import io.cuttlestore.Version;
import java.time.Duration;
import java.util.Optional;

final class ConditionalWrites {
    private ConditionalWrites() {}

    record Seat(String passenger) {}

    static boolean reserve(Cuttlestore<Seat> seats) {
        // @start region="putIfAbsent"
        boolean mine = seats.putIfAbsent("12A", new Seat("Ethan"), PutOptions.ttl(Duration.ofMinutes(15)));
        // @end
        return mine;
    }

    static boolean rename(Cuttlestore<Seat> seats) {
        // @start region="replace"
        Entry<Seat> seen = seats.entry("12A").orElseThrow();
        String inTheForm = seen.version().toString();

        Version version = Version.parse(inTheForm);
        boolean saved = seats.replace("12A", version, new Seat("Ilsa"));
        // @end
        return saved;
    }

    static long count(Cuttlestore<Long> counters) {
        // @start region="update"
        long visits = counters.update("visits", seen -> Optional.of(seen.orElse(0L) + 1))
                .orElseThrow();
        // @end
        return visits;
    }

    static String load(Cuttlestore<String> cache) {
        // @start region="computeIfAbsent"
        String page = cache.computeIfAbsent("/home", path -> render(path), PutOptions.ttl(Duration.ofMinutes(5)));
        // @end
        return page;
    }

    static Optional<String> take(Cuttlestore<String> jobs) {
        // @start region="getAndDelete"
        Optional<String> job = jobs.getAndDelete("next");
        // @end
        return job;
    }

    private static String render(String path) {
        return "<h1>" + path + "</h1>";
    }
}
