package io.cuttlestore.reliability;

import java.lang.management.ManagementFactory;

/** The heap of this process. */
public final class Heap {
    /** What one collection finds dead, such as a thread that has ended, may keep more alive until the next. */
    private static final int COLLECTIONS = 3;

    private Heap() {}

    /** Bytes in use after collections of garbage. */
    public static long used() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
