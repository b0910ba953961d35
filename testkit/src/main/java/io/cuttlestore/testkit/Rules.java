package io.cuttlestore.testkit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.ClockSource;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreBuilder;
import io.cuttlestore.CuttlestoreConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The base of the groups of rules: gives each test a store of its own, a clock, and closes what the test opened. In one
 * instance per test; what it gives may be asked for by any thread of the test.
 */
@ExtendWith(RefusalCheck.class)
abstract class Rules {
    private static final Map<Class<?>, Capabilities> DECLARED = new ConcurrentHashMap<>();

    final CuttlestoreKit kit;
    final FakeClock clock = FakeClock.at(Instant.parse("2030-01-01T00:00:00Z"));
    private final List<AutoCloseable> opened = new ArrayList<>();
    private @Nullable String url;
    private @Nullable CuttlestoreConnection connection;
    private @Nullable Cuttlestore<String> store;

    Rules(CuttlestoreKit kit) {
        this.kit = kit;
    }

    @AfterEach
    void closeAll() {
        assertAll(opened.stream().map(closeable -> closeable::close));
    }

    /** What the backend of a kit class declares, if a test has asked for it. */
    static Optional<Capabilities> declaredBy(Class<?> kit) {
        return Optional.ofNullable(DECLARED.get(kit));
    }

    /** What the backend declares, as an open connection says. */
    final Capabilities declared() {
        return DECLARED.computeIfAbsent(kit.getClass(), any -> {
            try (CuttlestoreConnection probe = kit.builder(kit.freshStore()).connect()) {
                return probe.capabilities();
            }
        });
    }

    final boolean has(Capability capability) {
        return declared().supports(capability);
    }

    /** The store of this test. */
    final synchronized String url() {
        String named = url;
        if (named == null) {
            named = kit.freshStore();
            url = named;
        }
        return named;
    }

    /** The one connection that most tests need. */
    final synchronized CuttlestoreConnection connection() {
        CuttlestoreConnection open = connection;
        if (open == null) {
            open = connect(url());
            connection = open;
        }
        return open;
    }

    /** The root view of {@link #connection()}. */
    final synchronized Cuttlestore<String> store() {
        Cuttlestore<String> open = store;
        if (open == null) {
            open = connection().store(String.class);
            store = open;
        }
        return open;
    }

    final CuttlestoreBuilder builder(String connectionString) {
        CuttlestoreBuilder builder = kit.builder(connectionString);
        return clockIsFake() ? builder.clock(clock) : builder;
    }

    final CuttlestoreConnection connect(String connectionString) {
        return closing(builder(connectionString).connect());
    }

    /** Closes something at the end of the test. */
    final synchronized <C extends AutoCloseable> C closing(C closeable) {
        opened.add(closeable);
        return closeable;
    }

    /** Closes {@link #connection()} and opens the store again if it outlives its connection. */
    final synchronized void reopen() {
        if (has(Capability.DURABLE)) {
            connection().close();
            connection = null;
            store = null;
        }
    }

    /** Another connection to the store of this test where several may be open, else the only one. */
    final CuttlestoreConnection otherConnection() {
        return has(Capability.SHARED) ? connect(url()) : connection();
    }

    /** Goes on with another fresh store. */
    final synchronized void startOver() {
        url = null;
        connection = null;
        store = null;
    }

    final boolean clockIsFake() {
        return declared().traits().clock() != ClockSource.SERVER;
    }

    final Instant now() {
        return clockIsFake() ? clock.instant() : Instant.now();
    }

    /** How late an entry may expire: not at all, or on a server 1 ms, and 1 ms more as instants are rounded up. */
    final Duration tick() {
        return clockIsFake() ? Duration.ZERO : Duration.ofMillis(2);
    }

    /** A time to live that a test can wait for. */
    final Duration shortTtl() {
        return clockIsFake() ? Duration.ofSeconds(10) : Duration.ofMillis(400);
    }

    /** Lets time go by for the store. */
    final void passTime(Duration duration) {
        if (clockIsFake()) {
            clock.advance(duration);
            return;
        }
        Instant end = Instant.now().plus(duration).plus(tick());
        await().pollInterval(Duration.ofMillis(5))
                .atMost(duration.plusSeconds(10))
                .until(() -> !Instant.now().isBefore(end));
    }

    final Optional<Instant> expiry(Cuttlestore<?> store, String key) {
        return store.entry(key).orElseThrow().expiresAt();
    }
}
