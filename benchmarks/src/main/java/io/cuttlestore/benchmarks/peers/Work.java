package io.cuttlestore.benchmarks.peers;

import java.util.Locale;

/** What a round repeats: a thousand operations. */
enum Work {
    PUT_SEQUENTIAL(false, false),
    PUT_CONCURRENT(false, true),
    GET_SEQUENTIAL(true, false),
    GET_CONCURRENT(true, true);

    /** Whether it reads. */
    final boolean reads;
    /** Whether all operations are under way at the same time; otherwise each begins when the one before has ended. */
    final boolean concurrent;

    Work(boolean reads, boolean concurrent) {
        this.reads = reads;
        this.concurrent = concurrent;
    }

    /** Its name in ids of measurements: {@code put-sequential}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
