package io.cuttlestore.reliability.model;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.reliability.PlantedFaults;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.spi.Layer;
import io.cuttlestore.testkit.FaultPlan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Trials of long sequences")
class ModelTest {
    private static final int OPERATIONS = 1_000;

    @TempDir
    private Path folder;

    private Stores stores() {
        return Stores.of("in-memory", new Site(folder, new Tally(), true));
    }

    @Test
    @DisplayName("notice that a store lost what a map holds")
    void againstModel() throws Exception {
        try (AgainstModel session = new AgainstModel(stores(), PlantedFaults.LostPuts::new)) {
            assertThatThrownBy(() -> {
                        for (int seed = 0; seed < 20; seed++) {
                            session.attempt(seed);
                        }
                    })
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("PUT(");
        }
    }

    private static List<String> chronicle(Layer layer) {
        try (CuttlestoreConnection connection =
                Cuttlestore.builder("in-memory").layer(layer).connect()) {
            return Chronicle.of(connection, 1, OPERATIONS);
        }
    }

    @Test
    @DisplayName("notice that a store does something else than others")
    void sameEverywhere() {
        List<String> right = chronicle(backend -> backend);
        SameEverywhere.requireSame(right, chronicle(backend -> backend), "another");
        assertThatThrownBy(() -> SameEverywhere.requireSame(right, chronicle(PlantedFaults.LostPuts::new), "another"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("differs");
    }

    @Test
    @DisplayName("do not take a failure of the store for what comes of an operation")
    void failure() {
        FaultPlan plan = new FaultPlan().failAt(20, () -> new StoreFailedException("planted"));
        assertThatThrownBy(() -> chronicle(plan)).hasMessageContaining("planted");
    }
}
