package io.cuttlestore.reliability.crash;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/**
 * The process that is to be killed: threads that write to several stores, two to each, until the end or until a write
 * fails. For every write that was acknowledged it prints one byte, the number of the thread.
 */
public final class Writers {
    /** How many threads write to each store. */
    static final int PER_STORE = 2;

    private Writers() {}

    /** The script of a thread. */
    static Script script(int thread, long seed) {
        return new Script("t" + thread, seed + thread);
    }

    /**
     * Writes until the process ends.
     *
     * @param arguments the seed, then the connection strings
     */
    public static void main(String[] arguments) throws Exception {
        long seed = Long.parseLong(arguments[0]);
        List<Cuttlestore<String>> stores = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            stores.add(CuttlestoreConnection.open(arguments[i]).store(String.class));
        }
        FileOutputStream acknowledgements = new FileOutputStream(FileDescriptor.out);
        CompletionService<Void> writers = new ExecutorCompletionService<>(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        for (int thread = 0; thread < stores.size() * PER_STORE; thread++) {
            int number = thread;
            Cuttlestore<String> store = stores.get(thread / PER_STORE);
            writers.submit(() -> write(number, script(number, seed), store, acknowledgements));
        }
        writers.take().get();
    }

    /** Ends only by failing. */
    private static Void write(int number, Script script, Cuttlestore<String> store, OutputStream acknowledgements)
            throws IOException {
        while (true) {
            script.make(store);
            acknowledgements.write(number);
        }
    }
}
