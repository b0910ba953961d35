package io.cuttlestore.reliability.fuzz;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.CuttlestoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The file of an entry that holds anything at all is an error to read, or the value that was put. */
public final class EntryFileTarget {
    private static final String KEY = "key";
    private static final String VALUE = "the value that was put";
    private static final Cuttlestore<String> STORE;
    private static final Path FILE;
    private static final byte[] PRISTINE;

    static {
        try {
            Path folder = Files.createTempDirectory("fuzz");
            STORE = CuttlestoreConnection.open("filesystem://" + folder).store(String.class);
            STORE.put(KEY, VALUE);
            try (Stream<Path> files = Files.walk(folder)) {
                FILE = files.filter(file -> file.endsWith(KEY)).findFirst().orElseThrow();
            }
            PRISTINE = Files.readAllBytes(FILE);
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private EntryFileTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        Input input = new Input(bytes);
        boolean patched = input.next() % 2 == 0;
        Files.write(FILE, patched ? patch(input) : input.rest());
        Optional<String> found = read();
        if (!found.equals(Optional.of(VALUE))) {
            throw new AssertionError("was read as " + found);
        }
    }

    /** What is read; the right value if reading is refused. */
    private static Optional<String> read() {
        try {
            return STORE.get(KEY);
        } catch (CuttlestoreException refused) {
            return Optional.of(VALUE);
        }
    }

    /** The right file with some bytes changed. */
    private static byte[] patch(Input input) {
        byte[] file = PRISTINE.clone();
        int changes = input.next() % 4;
        for (int i = 0; i < changes; i++) {
            file[input.next() % file.length] = (byte) input.next();
        }
        return file;
    }
}
