package io.cuttlestore.filesystem;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A number that nobody else has while this backend is open, to name the files that only it writes. It is held by a lock
 * that the system gives back when the process ends, however it does, so others can tell what was left behind.
 */
final class Slot implements AutoCloseable {
    /** How a slot reads in a file name. */
    static final String PATTERN = "[0-7][0-9a-f]{7}";

    private final FolderLock lock;
    private final String name;
    private final FileLock held;

    private Slot(FolderLock lock, String name, FileLock held) {
        this.lock = lock;
        this.name = name;
        this.held = held;
    }

    static Slot take(FolderLock lock) throws IOException {
        while (true) {
            int number = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
            FileLock held = lock.trySlot(number);
            if (held != null) {
                return new Slot(lock, HexFormat.of().toHexDigits(number), held);
            }
        }
    }

    /** Eight hexadecimal digits. */
    String name() {
        return name;
    }

    /** Takes the slot of this name if who had it has ended; {@code null} if it is in use, here or elsewhere. */
    @Nullable
    FileLock tryInherit(String other) throws IOException {
        return lock.trySlot(HexFormat.fromHexDigits(other));
    }

    @Override
    public void close() throws IOException {
        held.release();
    }
}
