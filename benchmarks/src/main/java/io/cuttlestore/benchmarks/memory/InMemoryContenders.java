package io.cuttlestore.benchmarks.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.cuttlestore.Cuttlestore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.h2.mvstore.MVStore;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Who holds entries in memory. */
public final class InMemoryContenders {
    private InMemoryContenders() {}

    /** Our own. */
    @State(Scope.Benchmark)
    public static class Ours {
        @SuppressWarnings("NullAway.Init")
        Cuttlestore<Object> store;

        @Setup
        public void open(InMemoryWork work) {
            store = work.openStore();
        }

        @TearDown
        public void close() {
            store.close();
        }
    }

    /** The raw map. */
    @State(Scope.Benchmark)
    public static class Raw {
        final ConcurrentHashMap<String, Object> map = new ConcurrentHashMap<>();

        @Setup
        public void load(InMemoryWork work) {
            work.load(map::put);
        }
    }

    /** A cache whose entries have a deadline each. */
    @State(Scope.Benchmark)
    public static class CaffeineCache {
        final Cache<String, Object> cache = Caffeine.newBuilder()
                .expireAfter(Expiry.creating((key, value) -> Duration.ofDays(365)))
                .build();

        @Setup
        public void load(InMemoryWork work) {
            work.load(cache::put);
        }
    }

    /** The store of H2, without a file. */
    @State(Scope.Benchmark)
    public static class Mv {
        private final MVStore store = MVStore.open(null);
        final Map<String, Object> map = store.openMap("bench");

        @Setup
        public void load(InMemoryWork work) {
            work.load(map::put);
        }

        @TearDown
        public void close() {
            store.close();
        }
    }
}
