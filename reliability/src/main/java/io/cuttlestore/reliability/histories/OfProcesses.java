package io.cuttlestore.reliability.histories;

import io.cuttlestore.reliability.Peers;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Trial;
import java.io.IOException;
import java.util.List;

/** Threads of several processes work on a store. */
final class OfProcesses implements Trial.Session {
    private static final int PROCESSES = 4;
    private static final int THREADS_EACH = 2;

    private final Stores stores;
    private final List<String> options;
    private final Site site;
    private final Peers peers;

    OfProcesses(Stores stores, List<String> options, Site site) throws IOException {
        this.stores = stores;
        this.options = List.copyOf(options);
        this.site = site;
        this.peers = Peers.start(OfProcesses.class, PROCESSES, site.folder());
    }

    /**
     * One of the processes.
     *
     * @param arguments its number
     */
    public static void main(String[] arguments) throws Exception {
        int process = Integer.parseInt(arguments[0]);
        Peers.serve(order -> {
            String[] parts = order.split(" ", 2);
            return new InArena(new Arena(parts[1], Long.parseLong(parts[0]), process, backend -> backend));
        });
    }

    private record InArena(Arena arena) implements Peers.Play {
        @Override
        public List<String> perform() throws Exception {
            return arena.play(THREADS_EACH).lines();
        }

        @Override
        public void close() {
            arena.close();
        }
    }

    @Override
    public void attempt(long seed) throws Exception {
        List<List<String>> answers = peers.perform(seed + " " + stores.fresh(OfThreads.one(options, seed)));
        Play.require(answers.stream().map(Play::parse).toList(), site.tally());
    }

    @Override
    public void close() throws IOException {
        try (stores) {
            peers.close();
        }
    }
}
