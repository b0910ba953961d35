package io.cuttlestore.benchmarks.peers;

import java.io.IOException;
import java.time.Duration;

/** A store under measurement. Not thread-safe. */
interface Contender extends AutoCloseable {
    /** Its name in measurements. */
    String name();

    /** The feature version of the JDK that it runs on; empty if it runs on none. */
    String jdk();

    /** Repeats the work until the time is over; the microseconds that one operation took. */
    double round(Work work, Duration length) throws IOException;

    @Override
    void close();
}
