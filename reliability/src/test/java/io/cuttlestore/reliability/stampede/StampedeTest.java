package io.cuttlestore.reliability.stampede;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Tally;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Trials of stampedes")
class StampedeTest {
    @TempDir
    private Path folder;

    private Site site;
    private Stores stores;

    @BeforeEach
    void open() {
        site = new Site(folder, new Tally(), true);
        stores = Stores.of("in-memory", site);
    }

    @Test
    @DisplayName("pass where one caller loads, and count those who got what")
    void passes() throws Exception {
        try (Stampede session = new Stampede(stores, site)) {
            session.attempt(1);
        }
        assertThat(site.tally().counts())
                .containsEntry("callers who got the value of one load", 1_000L)
                .containsEntry("callers who got what a loader threw", 1_000L)
                .containsEntry("callers released from a loader that hung", 999L)
                .containsEntry("callers refused since the loader asked for its own key", 1_000L);
        assertThat(site.tally().counts().get("loaders that threw")).isLessThan(1_000);
    }

    private static String getOrLoad(Cuttlestore<String> store, String key, Function<String, String> loader) {
        return store.get(key).orElseGet(() -> {
            store.put(key, loader.apply(key));
            return store.get(key).orElseThrow();
        });
    }

    @Test
    @DisplayName("notice that every caller loads")
    void everyCallerLoads() throws Exception {
        try (Stampede session = new Stampede(stores, site, StampedeTest::getOrLoad)) {
            assertThatThrownBy(() -> session.attempt(1))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("loads of one key");
        }
    }

    /** Loads each key once and for ever: what a loader threw is what its key has from then on. */
    private static final class Forever {
        private final Map<String, FutureTask<String>> loads = new ConcurrentHashMap<>();

        String ask(Cuttlestore<String> store, String key, Function<String, String> loader) {
            FutureTask<String> load = loads.computeIfAbsent(
                    key,
                    absent -> new FutureTask<>(() -> {
                        String value = loader.apply(absent);
                        store.put(absent, value);
                        return value;
                    }));
            load.run();
            try {
                return load.get();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } catch (ExecutionException e) {
                throw (RuntimeException) e.getCause();
            }
        }
    }

    @Test
    @DisplayName("notice that a key can't be loaded after a loader has thrown")
    void failedForEver() throws Exception {
        try (Stampede session = new Stampede(stores, site, new Forever()::ask)) {
            assertThatThrownBy(() -> session.attempt(1)).isInstanceOf(RuntimeException.class);
        }
    }
}
