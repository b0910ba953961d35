package io.cuttlestore.reliability.histories;

import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Trial;
import io.cuttlestore.spi.Layer;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/** Threads of one process work on a store. */
final class OfThreads implements Trial.Session {
    private static final int THREADS = 8;

    private final Stores stores;
    private final List<String> options;
    private final Site site;
    private final Layer planted;

    OfThreads(Stores stores, List<String> options, Site site) {
        this(stores, options, site, backend -> backend);
    }

    OfThreads(Stores stores, List<String> options, Site site, Layer planted) {
        this.stores = stores;
        this.options = List.copyOf(options);
        this.site = site;
        this.planted = planted;
    }

    @Override
    public void attempt(long seed) throws Exception {
        try (Arena arena = new Arena(stores.fresh(one(options, seed)), seed, 0, planted)) {
            Play.require(List.of(arena.play(THREADS)), site.tally());
        }
    }

    /** One of many, as a seed decides. */
    static String one(List<String> many, long seed) {
        return many.get(new SplittableRandom(~seed).nextInt(many.size()));
    }

    @Override
    public void close() throws IOException {
        stores.close();
    }
}
