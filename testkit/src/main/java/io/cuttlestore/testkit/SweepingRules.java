package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.Support;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Deadline;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The rules of sweeping. Sweeps are watched where the core orders them, at {@link Backend#deleteExpired}; on a store that
 * expires entries by itself there is nothing to sweep, and that is checked instead.
 */
@Needs(Capability.TTL)
abstract class SweepingRules extends Rules {
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Deadline TRIP = Deadline.NONE;

    private final AtomicInteger sweeps = new AtomicInteger();
    private final AtomicInteger removed = new AtomicInteger();
    private final AtomicInteger failuresToCome = new AtomicInteger();
    private @Nullable Backend backend;

    SweepingRules(CuttlestoreKit kit) {
        super(kit);
    }

    private final class WatchedSweeps extends PassThroughLayer {
        WatchedSweeps(Backend inner) {
            super(inner);
            backend = inner;
        }

        @Override
        public int deleteExpired(int max, Deadline deadline) {
            sweeps.incrementAndGet();
            if (failuresToCome.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new StoreUnavailableException("a failure that the kit injected");
            }
            int gone = inner().deleteExpired(max, deadline);
            removed.addAndGet(gone);
            return gone;
        }
    }

    /** The backend of the connection that was opened last. */
    private Backend backend() {
        return Objects.requireNonNull(backend);
    }

    private boolean mustBeSwept() {
        return declared().support(Capability.TTL) == Support.EMULATED;
    }

    private CuttlestoreConnection sweepingEvery(Duration interval) {
        return closing(
                builder(url()).sweepEvery(interval).layer(WatchedSweeps::new).connect());
    }

    private void putExpired(Cuttlestore<String> store, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            store.put(prefix + i, "v", PutOptions.ttl(shortTtl()));
        }
        passTime(shortTtl());
    }

    /** Sweeps until nothing is left to remove. */
    private int sweepAll() {
        int total = 0;
        int gone;
        do {
            gone = backend().deleteExpired(100, TRIP);
            assertThat(gone).as("removed in a batch of at most 100").isBetween(0, 100);
            total += gone;
        } while (gone == 100);
        return total;
    }

    @Test
    @DisplayName("the expired are removed by a sweep, and by the next, and by the one after that")
    void sweepingGoesOn() {
        Cuttlestore<String> store = sweepingEvery(OFTEN).store(String.class);
        for (int round = 1; round <= 3; round++) {
            putExpired(store, "round " + round + "/", 10);
            if (mustBeSwept()) {
                int expected = 10 * round;
                await("sweep number " + round)
                        .untilAsserted(() -> assertThat(removed).hasValue(expected));
            }
        }
        assertThat(store.contains("round 3/1")).isFalse();
    }

    @Test
    @DisplayName("a sweep that fails does not end the sweeping")
    void errorsDoNotEndSweeping() {
        failuresToCome.set(3);
        Cuttlestore<String> store = sweepingEvery(OFTEN).store(String.class);
        putExpired(store, "k", 10);
        if (mustBeSwept()) {
            await().untilAsserted(() -> assertThat(removed).hasValue(10));
            assertThat(sweeps.get()).isGreaterThan(3);
        }
        assertThat(store.contains("k1")).isFalse();
    }

    @Test
    @DisplayName("a sweep removes what has expired, all of it, in batches, and nothing else")
    void sweepRemovesTheExpired() {
        Cuttlestore<String> store = sweepingEvery(HOUR).store(String.class);
        for (int i = 0; i < 250; i++) {
            store.put("alive" + i, "v", i % 2 == 0 ? PutOptions.never() : PutOptions.ttl(HOUR));
        }
        putExpired(store, "expired", 250);
        assertThat(sweepAll()).isEqualTo(mustBeSwept() ? 250 : 0);
        assertThat(sweepAll()).as("a second sweep").isZero();
        for (int i = 0; i < 250; i++) {
            assertThat(store.contains("alive" + i)).isTrue();
            assertThat(store.contains("expired" + i)).isFalse();
        }
    }

    @Test
    @DisplayName(
            "what was written, touched or persisted again is not swept at its earlier deadline, but at its later one")
    void reArmedEntries() {
        Cuttlestore<String> store = sweepingEvery(HOUR).store(String.class);
        for (String key : new String[] {"put", "touched", "persisted", "renewed", "deleted"}) {
            store.put(key, "v", PutOptions.ttl(shortTtl()));
        }
        store.put("put", "w");
        store.touch("touched", HOUR);
        store.persist("persisted");
        store.put("renewed", "w", PutOptions.ttl(HOUR));
        store.delete("deleted");
        passTime(shortTtl());
        assertThat(sweepAll()).isZero();
        for (String key : new String[] {"put", "touched", "persisted", "renewed"}) {
            assertThat(store.contains(key)).as(key).isTrue();
        }
        if (clockIsFake()) {
            passTime(HOUR);
            assertThat(sweepAll()).as("after the later deadline").isEqualTo(mustBeSwept() ? 2 : 0);
            assertThat(store.contains("put")).isTrue();
            assertThat(store.contains("persisted")).isTrue();
        }
    }

    @Test
    @DisplayName("sweeping never removes a fresh put")
    void sweepingNeverRemovesAFreshPut() throws Exception {
        Cuttlestore<String> store = sweepingEvery(HOUR).store(String.class);
        for (int round = 0; round < Effort.times(clockIsFake() ? 50 : 3); round++) {
            int keys = 20;
            putExpired(store, "k", keys);
            AtomicInteger writing = new AtomicInteger(1);
            Threads.together(3, thread -> () -> {
                if (thread > 0) {
                    while (writing.get() > 0) {
                        backend().deleteExpired(5, TRIP);
                    }
                    return null;
                }
                try {
                    for (int i = 0; i < keys; i++) {
                        store.put("k" + i, "fresh");
                    }
                } finally {
                    writing.set(0);
                }
                return null;
            });
            for (int i = 0; i < keys; i++) {
                assertThat(store.get("k" + i)).as("a fresh put was swept").hasValue("fresh");
            }
        }
    }

    @Test
    @DisplayName("what a sweep has removed is gone from the store, not only hidden")
    void sweptEntriesAreGone() {
        Instant before = now();
        Cuttlestore<String> store = sweepingEvery(HOUR).store(String.class);
        boolean clocksMayBeLate = mustBeSwept() && clockIsFake() && has(Capability.SHARED) && has(Capability.SCAN);
        putExpired(store, "k", 10);
        if (clocksMayBeLate) {
            assertThat(keysAsOf(before))
                    .as("what a clock that is late sees before the sweep")
                    .isEqualTo(10);
        }
        sweepAll();
        if (clocksMayBeLate) {
            assertThat(keysAsOf(before))
                    .as("what a clock that is late sees after the sweep")
                    .isZero();
        }
        assertThat(sweepAll()).as("another sweep").isZero();
    }

    /** How many keys another connection sees whose clock shows this instant. */
    private long keysAsOf(Instant instant) {
        try (CuttlestoreConnection late =
                        kit.builder(url()).clock(FakeClock.at(instant)).connect();
                Stream<String> keys = late.store(String.class).keys(ScanOptions.all())) {
            return keys.distinct().count();
        }
    }

    @Test
    @DisplayName("closing ends the sweeping")
    void closingEndsSweeping() {
        CuttlestoreConnection connection = sweepingEvery(OFTEN);
        connection.store(String.class).put("k", "v", PutOptions.ttl(HOUR));
        if (mustBeSwept()) {
            await().until(() -> sweeps.get() > 0);
        }
        connection.close();
        int atClose = sweeps.get();
        await().during(OFTEN.multipliedBy(5)).atMost(Duration.ofSeconds(5)).until(() -> sweeps.get() == atClose);
    }
}
