package io.cuttlestore.examples.guide;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.PutOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

final class Testing {
    private Testing() {}

    static boolean sessionEnds() {
        // @start region="clock"
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

        try (Cuttlestore<String> sessions =
                Cuttlestore.builder("in-memory").clock(now::get).open(String.class)) {
            sessions.put("alice", "here", PutOptions.ttl(Duration.ofMinutes(30)));

            now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(30)));

            return sessions.get("alice").isEmpty();
        }
        // @end
    }
}
