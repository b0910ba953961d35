package io.cuttlestore.reliability.syscalls;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What {@code faults.c} is to let fail in this process, and whether it did: the file that both map. */
final class Plan {
    private static final int BYTES = 20;
    private static final int KIND = 0;
    private static final int NUMBER = 4;
    private static final int ERROR = 8;
    private static final int SEEN = 12;
    private static final int FIRED = 16;

    private final MappedByteBuffer shared;

    private Plan(MappedByteBuffer shared) {
        this.shared = shared;
    }

    /** Makes the file, before the process starts. */
    static void create(Path file) throws IOException {
        Files.write(file, new byte[BYTES]);
    }

    static Plan map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer shared = channel.map(FileChannel.MapMode.READ_WRITE, 0, BYTES);
            shared.order(ByteOrder.nativeOrder());
            return new Plan(shared);
        }
    }

    /** From now on the call of this number fails, counted from 1. */
    @SuppressWarnings("EnumOrdinal") // faults.c has the same order
    void arm(Fault.Case fault, int number) {
        shared.putInt(KIND, 0)
                .putInt(NUMBER, number)
                .putInt(ERROR, fault.why().number())
                .putInt(SEEN, 0)
                .putInt(FIRED, 0)
                .putInt(KIND, 1 + fault.fault().ordinal());
    }

    /** Nothing fails any more. */
    void disarm() {
        shared.putInt(KIND, 0);
    }

    boolean hasFired() {
        return shared.getInt(FIRED) == 1;
    }
}
