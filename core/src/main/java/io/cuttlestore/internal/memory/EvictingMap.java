package io.cuttlestore.internal.memory;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.cuttlestore.spi.Key;
import java.util.concurrent.ConcurrentMap;

/** Loaded only where a bound on entries is asked for, since Caffeine need not be there otherwise. */
final class EvictingMap {
    private EvictingMap() {}

    static ConcurrentMap<Key, Node> of(int maxEntries) {
        return Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .executor(Runnable::run)
                .<Key, Node>build()
                .asMap();
    }
}
