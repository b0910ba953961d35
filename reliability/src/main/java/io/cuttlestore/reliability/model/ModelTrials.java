package io.cuttlestore.reliability.model;

import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Trial;
import java.util.ArrayList;
import java.util.List;

/** The trials of this package. */
public final class ModelTrials {
    private ModelTrials() {}

    public static List<Trial> all() {
        List<Trial> all = new ArrayList<>();
        for (String backend : Stores.BACKENDS) {
            all.add(new Trial(
                    "model-" + backend,
                    "500 random operations, on average, with time passing and the store reopened in between, do to it what they do to a"
                            + " map",
                    1_000,
                    20,
                    site -> new AgainstModel(Stores.of(backend, site))));
        }
        all.add(new Trial(
                "same-everywhere",
                "400 random operations, bad ones among them, have the same results on every backend with every set of options",
                200,
                8,
                SameEverywhere::new));
        return all;
    }
}
