package io.cuttlestore.reliability.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

    /** Looks whether a key is there, and then writes in any case. */
    private static final class GetThenPut extends BackendLayer {
        GetThenPut(Backend inner) {
            super(inner);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <R extends @Nullable Object> R execute(Command<R> command) {
            if (command instanceof Put put && put.condition() == Condition.IF_ABSENT) {
                Stored there = inner().execute(new Get(put.key(), Get.Want.EXISTENCE, put.deadline()));
                if (there != null) {
                    return (R) Boolean.FALSE;
                }
                Thread.yield();
                return (R) inner().execute(
                                new Put(put.key(), put.payload(), put.expiry(), Condition.ALWAYS, put.deadline()));
            }
            return inner().execute(command);
        }

        @Override
        public void executeAll(List<? extends Call<?>> calls) {
            inner().executeAll(calls);
        }

        @Override
        public ScanPage page(ScanRequest request) {
            return inner().page(request);
        }
    }

    @Test
    @DisplayName("notice a conditional write that looks first and writes then")
    void getThenPut() throws Exception {
        try (OfThreads session = new OfThreads(stores, List.of(""), site, GetThenPut::new)) {
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
