package io.cuttlestore.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClocksTest {
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
}
