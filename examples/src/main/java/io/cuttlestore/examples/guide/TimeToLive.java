package io.cuttlestore.examples.guide;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.PutOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

final class TimeToLive {
    private TimeToLive() {}

    static Optional<Instant> expire(Cuttlestore<String> store) {
        // @start region="put"
        store.put("session", "alice", PutOptions.ttl(Duration.ofMinutes(30)));
        store.put("invitation", "bob", PutOptions.expireAt(Instant.parse("2100-01-01T00:00:00Z")));
        store.put("motto", "festina lente", PutOptions.never());
        // @end
        // @start region="touch"
        boolean alive = store.touch("session", Duration.ofMinutes(30));
        boolean there = store.persist("invitation");
        // @end
        // @start region="keep"
        store.put("session", "alice, admin", PutOptions.keepTtl());
        // @end
        // @start region="expiresAt"
        Optional<Instant> deadline = store.entry("session").flatMap(Entry::expiresAt);
        // @end
        return alive && there ? deadline : Optional.empty();
    }

    static Cuttlestore<String> withDefault(String connectionString) {
        // @start region="default"
        Cuttlestore<String> sessions = Cuttlestore.builder(connectionString)
                .defaultTtl(Duration.ofMinutes(30))
                .open(String.class);
        // @end
        return sessions;
    }
}
