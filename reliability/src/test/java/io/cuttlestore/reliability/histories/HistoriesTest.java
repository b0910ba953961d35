package io.cuttlestore.reliability.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.reliability.PlantedFaults;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Trials of histories")
class HistoriesTest {
    private static final int ATTEMPTS = 20;

    @TempDir
    private Path folder;

    private Site site;
    private Stores stores;

    @BeforeEach
    void open() {
        site = new Site(folder, new Tally(), true);
        stores = Stores.of("in-memory", site);
    }

    private static void attempt(Trial.Session session) throws Exception {
        for (int seed = 0; seed < ATTEMPTS; seed++) {
            session.attempt(seed);
        }
    }

    @Test
    @DisplayName("notice a conditional write that looks first and writes then")
    void getThenPut() throws Exception {
        try (OfThreads session = new OfThreads(stores, List.of(""), site, PlantedFaults.GetThenPut::new)) {
            assertThatThrownBy(() -> attempt(session))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("no order of the operations");
        }
    }

    @Test
    @DisplayName("notice processes that each see a store of their own")
    void apart() throws Exception {
        try (OfProcesses session = new OfProcesses(stores, List.of(""), site)) {
            assertThatThrownBy(() -> attempt(session))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("no order of the operations");
        }
    }

    @Test
    @DisplayName("have conflicts, faults and shared trips")
    void eventful() throws Exception {
        try (OfThreads session = new OfThreads(stores, List.of(""), site)) {
            attempt(session);
        }
        assertThat(site.tally().counts())
                .hasEntrySatisfying("commands that went wrong", HistoriesTest::isMany)
                .hasEntrySatisfying("calls that shared a trip", HistoriesTest::isMany)
                .hasEntrySatisfying("of these of unknown outcome", HistoriesTest::isMany)
                .hasEntrySatisfying("of these conditional writes that won", HistoriesTest::isMany)
                .hasEntrySatisfying("of these conditional writes that lost", HistoriesTest::isMany);
    }

    private static void isMany(long count) {
        assertThat(count).isGreaterThan(ATTEMPTS);
    }
}
