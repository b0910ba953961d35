package io.cuttlestore.reliability.syscalls;

import io.cuttlestore.reliability.Shim;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;

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
        Shim.createShared(file, BYTES);
    }

    static Plan map(Path file) throws IOException {
        return new Plan(Shim.mapShared(file));
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
