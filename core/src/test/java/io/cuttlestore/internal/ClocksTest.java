package io.cuttlestore.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClocksTest {
    private static final int MORE_THAN_PROCESSORS = 8 * Runtime.getRuntime().availableProcessors();

    @Test
    void aClockOfTheApplicationIsHeldWhileItIsSetBack() {
        AtomicLong time = new AtomicLong(1_000);
        InstantSource clock = Clocks.neverBackwards(() -> Instant.ofEpochMilli(time.get()));
        assertThat(clock.millis()).isEqualTo(1_000);
        time.set(400);
        assertThat(clock.millis()).isEqualTo(1_000);
        time.set(1_001);
        assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(1_001));
    }

    @Test
    void theSystemsClocksShowTheTime() {
        for (InstantSource clock : new InstantSource[] {Clocks.SYSTEM, Clocks.MONOTONIC}) {
            assertThat(clock.millis())
                    .isBetween(System.currentTimeMillis() - 5_000, System.currentTimeMillis() + 5_000);
        }
    }

    @Test
    void threadsThatAreKeptWaitingDoNotPutTheClockForward() throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        ExecutorService threads = Executors.newFixedThreadPool(MORE_THAN_PROCESSORS);
        try {
            threads.invokeAll(Collections.nCopies(MORE_THAN_PROCESSORS, () -> {
                long last = 0;
                while (System.nanoTime() < end) {
                    last = Clocks.SYSTEM.millis();
                }
                return last;
            }));
        } finally {
            threads.shutdown();
        }
        assertThat(Clocks.SYSTEM.millis()).isLessThanOrEqualTo(System.currentTimeMillis() + 1);
    }
}
