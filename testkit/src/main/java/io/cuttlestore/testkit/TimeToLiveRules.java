package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Needs(Capability.TTL)
abstract class TimeToLiveRules extends Rules {
    private static final Duration HOUR = Duration.ofHours(1);

    TimeToLiveRules(CuttlestoreKit kit) {
        super(kit);
    }

    /** An entry that has just expired. */
    private void putExpired(String key) {
        store().put(key, "expired", PutOptions.ttl(shortTtl()));
        passTime(shortTtl());
    }

    @Test
    @DisplayName("an entry is there until its deadline, and absent at it and after")
    void deadline() {
        store().put("k", "v", PutOptions.ttl(shortTtl()));
        if (clockIsFake()) {
            passTime(shortTtl().minusMillis(1));
            assertThat(store().get("k"))
                    .as("one millisecond before the deadline")
                    .hasValue("v");
            passTime(Duration.ofMillis(1));
        } else {
            passTime(shortTtl());
        }
        assertAbsent("k");
        passTime(shortTtl());
        assertAbsent("k");
    }

    private void assertAbsent(String key) {
        assertThat(store().get(key)).as("get at the deadline").isEmpty();
        assertThat(store().entry(key)).isEmpty();
        assertThat(store().contains(key)).isFalse();
        assertThat(store().getAll(List.of(key))).isEmpty();
    }

    @Test
    @DisplayName("an expired entry is absent to touch and persist, which don't revive it")
    void touchDoesNotRevive() {
        putExpired("k");
        assertThat(store().touch("k", HOUR)).isFalse();
        assertThat(store().persist("k")).isFalse();
        assertAbsent("k");
    }

    @Test
    @Needs(Capability.SCAN)
    @DisplayName("an expired entry is absent to scan, keys and page")
    void scansLeaveOutTheExpired() {
        store().put("alive", "v", PutOptions.ttl(HOUR));
        for (int i = 0; i < 20; i++) {
            store().put("k" + i, "v", PutOptions.ttl(shortTtl()));
        }
        passTime(shortTtl());
        try (var entries = store().scan();
                Stream<String> keys = store().keys(ScanOptions.all())) {
            assertThat(entries.map(entry -> entry.key()).distinct()).containsExactly("alive");
            assertThat(keys.distinct()).containsExactly("alive");
        }
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("an expired entry is absent to every conditional write")
    void conditionalWritesSeeNoExpired() {
        for (String key : List.of("putIfAbsent", "replace", "delete", "getAndDelete", "update", "compute")) {
            store().put(key, "old", PutOptions.ttl(shortTtl()));
        }
        Version replaced = store().entry("replace").orElseThrow().version();
        Version deleted = store().entry("delete").orElseThrow().version();
        passTime(shortTtl());
        assertThat(store().putIfAbsent("putIfAbsent", "new")).isTrue();
        assertThat(store().get("putIfAbsent")).hasValue("new");
        assertThat(store().replace("replace", replaced, "new")).isFalse();
        assertThat(store().delete("delete", deleted)).isFalse();
        assertThat(store().getAndDelete("getAndDelete")).isEmpty();
        assertThat(store().update("update", seen -> Optional.of(seen.orElse("nothing") + " seen")))
                .hasValue("nothing seen");
        assertThat(store().computeIfAbsent("compute", key -> "loaded")).isEqualTo("loaded");
        assertThat(store().get("compute")).hasValue("loaded");
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("what is written over an expired entry has no deadline unless it is given one")
    void deadlinesDieWithTheirEntry() {
        for (String key : List.of("put", "keepTtl", "putIfAbsent", "update")) {
            store().put(key, "old", PutOptions.ttl(shortTtl()));
        }
        passTime(shortTtl());
        store().put("put", "new");
        store().put("keepTtl", "new", PutOptions.keepTtl());
        store().putIfAbsent("putIfAbsent", "new");
        store().update("update", seen -> Optional.of("new"));
        for (String key : List.of("put", "keepTtl", "putIfAbsent", "update")) {
            assertThat(expiry(store(), key)).as(key).isEmpty();
        }
    }

    @Test
    @DisplayName("a put without options clears an earlier deadline")
    void putClearsTheDeadline() {
        store().put("k", "v", PutOptions.ttl(shortTtl()));
        store().put("k", "w");
        assertThat(expiry(store(), "k")).isEmpty();
        passTime(shortTtl());
        assertThat(store().get("k")).hasValue("w");
    }

    @Test
    @DisplayName("a put may keep the deadline, take it away, or set another")
    void putOptions() {
        Instant at = now().plus(HOUR).truncatedTo(ChronoUnit.MILLIS);
        store().put("k", "v", PutOptions.expireAt(at));
        store().put("k", "w", PutOptions.keepTtl());
        assertThat(store().get("k")).hasValue("w");
        assertThat(expiry(store(), "k")).hasValue(at);
        store().put("k", "x", PutOptions.expireAt(at.plusSeconds(60)));
        assertThat(expiry(store(), "k")).hasValue(at.plusSeconds(60));
        store().put("k", "y", PutOptions.never());
        assertThat(expiry(store(), "k")).isEmpty();
        store().put("k", "z", PutOptions.keepTtl());
        assertThat(expiry(store(), "k")).isEmpty();
        store().put("fresh", "v", PutOptions.keepTtl());
        assertThat(expiry(store(), "fresh")).isEmpty();
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("replace and update keep the deadline unless they are told otherwise")
    void conditionalWritesKeepTheDeadline() {
        Instant at = now().plus(HOUR).truncatedTo(ChronoUnit.MILLIS);
        store().put("k", "v", PutOptions.expireAt(at));
        store().update("k", seen -> Optional.of("updated"));
        assertThat(expiry(store(), "k")).as("after update").hasValue(at);
        store().replace("k", store().entry("k").orElseThrow().version(), "replaced");
        assertThat(expiry(store(), "k")).as("after replace").hasValue(at);

        store().update("k", seen -> Optional.of("again"), PutOptions.expireAt(at.plusSeconds(1)));
        assertThat(expiry(store(), "k")).hasValue(at.plusSeconds(1));
        store().replace("k", store().entry("k").orElseThrow().version(), "w", PutOptions.expireAt(at.plusSeconds(2)));
        assertThat(expiry(store(), "k")).hasValue(at.plusSeconds(2));
        store().replace("k", store().entry("k").orElseThrow().version(), "w", PutOptions.never());
        assertThat(expiry(store(), "k")).isEmpty();
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("putIfAbsent and computeIfAbsent set the deadline that they are given, and leave one that is there")
    void creationSetsTheDeadline() {
        Instant at = now().plus(HOUR).truncatedTo(ChronoUnit.MILLIS);
        store().putIfAbsent("put", "v", PutOptions.expireAt(at));
        store().computeIfAbsent("compute", key -> "v", PutOptions.expireAt(at));
        assertThat(expiry(store(), "put")).hasValue(at);
        assertThat(expiry(store(), "compute")).hasValue(at);
        assertThat(store().putIfAbsent("put", "w", PutOptions.never())).isFalse();
        store().computeIfAbsent("compute", key -> "w", PutOptions.never());
        assertThat(expiry(store(), "put")).hasValue(at);
        assertThat(expiry(store(), "compute")).hasValue(at);
    }

    @Test
    @DisplayName("touch moves the deadline and persist takes it away; the value stays")
    void touchAndPersist() {
        store().put("k", "v");
        assertThat(store().touch("k", HOUR)).isTrue();
        assertExpiresIn(HOUR, "k");
        assertThat(store().touch("k", HOUR.multipliedBy(2))).isTrue();
        assertExpiresIn(HOUR.multipliedBy(2), "k");
        assertThat(store().touch("k", shortTtl())).isTrue();
        assertThat(store().persist("k")).isTrue();
        assertThat(expiry(store(), "k")).isEmpty();
        assertThat(store().persist("k"))
                .as("persist of an entry without a deadline")
                .isTrue();
        passTime(shortTtl());
        assertThat(store().get("k")).hasValue("v");
        assertThat(store().touch("missing", HOUR)).isFalse();
        assertThat(store().persist("missing")).isFalse();
        assertThat(store().contains("missing")).isFalse();
    }

    @Test
    @DisplayName("touch can bring the deadline forward, and back again")
    void touchShortens() {
        store().put("k", "v", PutOptions.ttl(HOUR));
        store().touch("k", shortTtl());
        store().put("longer", "v", PutOptions.ttl(shortTtl()));
        store().touch("longer", HOUR);
        passTime(shortTtl());
        assertAbsent("k");
        assertThat(store().get("longer")).hasValue("v");
    }

    private void assertExpiresIn(Duration ttl, String key) {
        Instant expected = now().plus(ttl);
        Duration slack = clockIsFake() ? Duration.ZERO : Duration.ofSeconds(10);
        assertThat(expiry(store(), key).orElseThrow()).isBetween(expected.minus(slack), expected.plus(slack));
    }

    @Test
    @DisplayName("a deadline is kept to the millisecond")
    void milliseconds() {
        Instant at = Instant.ofEpochMilli(now().plus(HOUR).toEpochMilli() / 1000 * 1000 + 123);
        store().put("k", "v", PutOptions.expireAt(at));
        assertThat(expiry(store(), "k")).hasValue(at);
        reopen();
        assertThat(expiry(store(), "k")).hasValue(at);
        store().put("k", "v", PutOptions.expireAt(at.plusNanos(1)));
        assertThat(expiry(store(), "k")).as("an instant is rounded up").hasValue(at.plusMillis(1));
    }

    @Test
    @DisplayName("half a second is half a second, and less than a millisecond is one")
    void shortDurations() {
        store().put("half", "v", PutOptions.ttl(Duration.ofMillis(500)));
        assertExpiresIn(Duration.ofMillis(500), "half");
        if (clockIsFake()) {
            store().put("k", "v", PutOptions.ttl(Duration.ofNanos(1)));
            assertThat(store().get("k")).hasValue("v");
            assertThat(expiry(store(), "k")).hasValue(now().plusMillis(1));
        } else {
            store().put("k", "v", PutOptions.ttl(Duration.ofNanos(1)));
        }
        passTime(Duration.ofMillis(2));
        assertAbsent("k");
    }

    @Test
    @DisplayName("zero, negative and null durations are refused when the option is made")
    @SuppressWarnings("NullAway") // that null is refused is the point
    void nothingAndLess() {
        store().put("k", "v", PutOptions.ttl(HOUR));
        store().persist("k");
        assertThatThrownBy(() -> store().touch("k", null)).isInstanceOf(NullPointerException.class);
        for (Duration ttl : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(Long.MIN_VALUE))) {
            assertThatThrownBy(() -> PutOptions.ttl(ttl)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> store().touch("k", ttl)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> PutOptions.ttlSeconds(0)).isInstanceOf(IllegalArgumentException.class);
        assertThat(expiry(store(), "k")).isEmpty();
    }

    @Test
    @DisplayName("durations and instants too far to count mean never")
    void overflow() {
        List<PutOptions> options = List.of(
                PutOptions.ttl(Duration.ofSeconds(Long.MAX_VALUE)),
                PutOptions.ttl(Duration.ofMillis(Long.MAX_VALUE)),
                PutOptions.ttlSeconds(Long.MAX_VALUE),
                PutOptions.expireAt(Instant.MAX));
        for (PutOptions option : options) {
            store().put("k", "v", PutOptions.ttl(HOUR));
            store().put("k", "v", option);
            assertThat(store().get("k")).as("with %s", option).hasValue("v");
            assertThat(expiry(store(), "k")).as("with %s", option).isEmpty();
        }
        store().put("k", "v", PutOptions.ttl(HOUR));
        assertThat(store().touch("k", Duration.ofSeconds(Long.MAX_VALUE))).isTrue();
        assertThat(expiry(store(), "k")).isEmpty();
    }

    @Test
    @DisplayName("a hundred thousand years are a deadline like any other")
    void farDeadlines() {
        Instant far = Instant.ofEpochMilli(now().toEpochMilli()).plus(Duration.ofDays(36_525_000));
        store().put("k", "v", PutOptions.expireAt(far));
        assertThat(store().get("k")).hasValue("v");
        assertThat(expiry(store(), "k")).hasValue(far);
    }

    @Test
    @DisplayName("an instant already past succeeds and leaves the key absent, whatever was there")
    void pastInstants() {
        for (Instant past : List.of(
                now().minusMillis(1).minus(tick()),
                now().minus(tick()),
                Instant.EPOCH,
                Instant.ofEpochMilli(-1),
                Instant.MIN)) {
            store().put("k", "before");
            store().put("k", "v", PutOptions.expireAt(past));
            assertThat(store().get("k"))
                    .as("after a put that expired at %s", past)
                    .isEmpty();
            assertThat(store().contains("k")).isFalse();
        }
        store().putAll(Map.of("a", "v", "b", "v"), PutOptions.expireAt(Instant.EPOCH));
        assertThat(store().getAll(List.of("a", "b"))).isEmpty();
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("an instant already past makes a conditional write succeed, and leaves the key absent")
    void pastInstantsOfConditionalWrites() {
        assertThat(store().putIfAbsent("k", "v", PutOptions.expireAt(Instant.EPOCH)))
                .isTrue();
        assertThat(store().contains("k")).isFalse();
        store().put("k", "v");
        Version seen = store().entry("k").orElseThrow().version();
        assertThat(store().replace("k", seen, "w", PutOptions.expireAt(Instant.EPOCH)))
                .isTrue();
        assertThat(store().contains("k")).isFalse();
    }

    @Test
    @DisplayName("the default time to live holds for writes without options, and only for them")
    void defaultTtl() {
        Cuttlestore<String> expiring =
                closing(builder(url()).defaultTtl(HOUR).connect()).store(String.class);
        expiring.put("plain", "v");
        expiring.putAll(Map.of("bulk", "v"));
        expiring.put("never", "v", PutOptions.never());
        for (String key : List.of("plain", "bulk")) {
            Instant at = expiry(expiring, key).orElseThrow();
            assertThat(at)
                    .isBetween(
                            now().plus(HOUR).minusSeconds(10), now().plus(HOUR).plusSeconds(10));
        }
        assertThat(expiry(expiring, "never")).isEmpty();
        expiring.put("never", "w", PutOptions.keepTtl());
        assertThat(expiry(expiring, "never")).isEmpty();
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("update and replace keep the deadline, or its absence, also where there is a default time to live")
    void defaultTtlAndUpdates() {
        Cuttlestore<String> expiring =
                closing(builder(url()).defaultTtl(HOUR).connect()).store(String.class);
        expiring.put("k", "v", PutOptions.never());
        expiring.update("k", seen -> Optional.of("w"));
        assertThat(expiry(expiring, "k")).isEmpty();
        expiring.replace("k", expiring.entry("k").orElseThrow().version(), "x");
        assertThat(expiry(expiring, "k")).isEmpty();
        expiring.putIfAbsent("fresh", "v");
        assertThat(expiry(expiring, "fresh")).isPresent();
    }

    @Test
    @DisplayName("removing an expired entry never removes a fresh put")
    void expiryNeverRemovesAFreshPut() throws Exception {
        for (int round = 0; round < Effort.times(clockIsFake() ? 300 : 5); round++) {
            store().put("k", "old", PutOptions.ttl(shortTtl()));
            passTime(shortTtl());
            AtomicBoolean written = new AtomicBoolean();
            Threads.together(4, thread -> () -> {
                if (thread == 0) {
                    store().put("k", "fresh");
                    written.set(true);
                } else {
                    boolean before = written.get();
                    Optional<String> seen = store().get("k");
                    assertThat(seen.isPresent() || !before)
                            .as("a fresh put was lost")
                            .isTrue();
                }
                return null;
            });
            assertThat(store().get("k")).as("after all readers have gone").hasValue("fresh");
        }
    }

    @Test
    @DisplayName("a touch never loses a concurrent put")
    void touchNeverLosesAPut() throws Exception {
        for (int round = 0; round < Effort.times(50); round++) {
            store().put("k", "old");
            Threads.together(List.of(() -> store().touch("k", HOUR), () -> {
                store().put("k", "new");
                return true;
            }));
            assertThat(store().get("k")).hasValue("new");
        }
    }

    @Test
    @DisplayName("deadlines hold after the store is opened again")
    void deadlinesSurviveReopening() {
        store().put("short", "v", PutOptions.ttl(shortTtl()));
        store().put("long", "v", PutOptions.ttl(HOUR));
        store().put("never", "v");
        reopen();
        assertThat(store().get("long")).hasValue("v");
        passTime(shortTtl());
        assertThat(store().get("short")).isEmpty();
        assertThat(store().get("long")).hasValue("v");
        assertThat(store().get("never")).hasValue("v");
    }

    @Test
    @DisplayName("while the clock is set back, what has expired stays absent")
    void theClockNeverRunsBackwards() {
        if (!clockIsFake()) {
            assertThat(store().get("missing"))
                    .as("the server's clock can't be set")
                    .isEmpty();
            return;
        }
        putExpired("k");
        assertThat(store().get("k")).isEmpty();
        clock.set(clock.instant().minus(HOUR));
        assertThat(store().get("k")).as("after the clock was set back").isEmpty();
        store().put("fresh", "v", PutOptions.ttl(shortTtl()));
        assertThat(store().get("fresh")).hasValue("v");
    }
}
