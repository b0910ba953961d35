package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Carries out a sequence of steps on a store and on a map, and compares. */
final class ModelRun {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration LATER = Duration.ofHours(1);
    private static final Duration SLACK_OF_SERVERS = Duration.ofSeconds(30);

    /** How late an entry may expire on a server: 1 ms, and 1 ms more as instants are rounded up. */
    private static final Duration TICK_OF_SERVERS = Duration.ofMillis(2);

    private final ModelSubject subject;
    private final String namespace;
    private final TreeMap<String, Held> model = new TreeMap<>();
    private final Map<String, Seen> seen = new HashMap<>();
    private Cuttlestore<String> store;
    private int values;

    ModelRun(ModelSubject subject, String namespace) {
        this.subject = subject;
        this.namespace = namespace;
        this.store = subject.view(namespace);
    }

    /** What a step does. */
    enum Action {
        PUT,
        GET,
        CONTAINS,
        ENTRY,
        DELETE,
        TOUCH,
        PERSIST,
        PUT_IF_ABSENT,
        REPLACE,
        DELETE_SEEN,
        GET_AND_DELETE,
        UPDATE,
        REMOVE_BY_UPDATE,
        COMPUTE_IF_ABSENT,
        GET_ALL,
        PUT_ALL,
        DELETE_ALL,
        SCAN,
        SCAN_PREFIX,
        CLEAR,
        PASS_TIME,
        REOPEN
    }

    /** When what a step writes is to expire. */
    enum Expiring {
        DEFAULT,
        NEVER,
        KEEP,
        LATER,
        SOON,
        PAST
    }

    /** A step of a sequence. */
    record Step(Action action, String key, Expiring expiring) {
        @Override
        public String toString() {
            return action + "(" + key + ", " + expiring + ")";
        }
    }

    /** An entry of the model; without a deadline if that is {@code null}. */
    private record Held(String value, @Nullable Instant deadline) {}

    /** A version that was read, and the value that it belongs to. */
    private record Seen(Version version, String value) {}

    private Instant now() {
        return subject.clock().map(FakeClock::instant).orElseGet(Instant::now);
    }

    void run(List<Step> steps) {
        for (Step step : steps) {
            carryOut(step);
        }
        compareAll();
    }

    private void carryOut(Step step) {
        String key = step.key();
        switch (step.action()) {
            case PUT -> {
                String value = newValue();
                store.put(key, value, options(step));
                write(step, value, null);
            }
            case GET -> assertThat(store.get(key)).as("%s", step).isEqualTo(expected(key));
            case CONTAINS -> assertThat(store.contains(key)).as("%s", step).isEqualTo(held(key) != null);
            case ENTRY -> compare(key);
            case DELETE -> {
                store.delete(key);
                model.remove(key);
            }
            case TOUCH -> {
                assertThat(store.touch(key, LATER)).as("%s", step).isEqualTo(held(key) != null);
                model.computeIfPresent(key, (k, held) -> new Held(held.value(), now().plus(LATER)));
            }
            case PERSIST -> {
                assertThat(store.persist(key)).as("%s", step).isEqualTo(held(key) != null);
                model.computeIfPresent(key, (k, held) -> new Held(held.value(), null));
            }
            case PASS_TIME -> subject.clock().orElseThrow().advance(SOON.dividedBy(2));
            case REOPEN -> {
                subject.reopen();
                store = subject.view(namespace);
            }
            case GET_ALL, PUT_ALL, DELETE_ALL, SCAN, SCAN_PREFIX, CLEAR -> carryOutOnMany(step);
            default -> carryOutConditionally(step);
        }
    }

    private void carryOutConditionally(Step step) {
        String key = step.key();
        String value = newValue();
        Held before = held(key);
        Optional<Seen> known = Optional.ofNullable(seen.get(key));
        boolean current = known.isPresent()
                && before != null
                && before.value().equals(known.get().value());
        switch (step.action()) {
            case PUT_IF_ABSENT -> {
                assertThat(store.putIfAbsent(key, value, options(step)))
                        .as("%s", step)
                        .isEqualTo(before == null);
                if (before == null) {
                    write(step, value, null);
                }
            }
            case REPLACE ->
                known.ifPresent(old -> {
                    assertThat(store.replace(key, old.version(), value, options(step)))
                            .as("%s", step)
                            .isEqualTo(current);
                    if (current) {
                        write(step, value, before);
                    }
                });
            case DELETE_SEEN ->
                known.ifPresent(old -> {
                    assertThat(store.delete(key, old.version())).as("%s", step).isEqualTo(current);
                    if (current) {
                        model.remove(key);
                    }
                });
            case GET_AND_DELETE -> {
                assertThat(store.getAndDelete(key)).as("%s", step).isEqualTo(expected(key));
                model.remove(key);
            }
            case UPDATE -> {
                Optional<String> expected = expected(key);
                store.update(
                        key,
                        found -> {
                            assertThat(found).as("what %s found", step).isEqualTo(expected);
                            return Optional.of(value);
                        },
                        options(step));
                write(step, value, before);
            }
            case REMOVE_BY_UPDATE -> {
                store.update(key, found -> Optional.empty());
                model.remove(key);
            }
            case COMPUTE_IF_ABSENT -> {
                String result = before == null ? value : before.value();
                assertThat(store.computeIfAbsent(key, k -> value, options(step)))
                        .as("%s", step)
                        .isEqualTo(result);
                if (before == null) {
                    write(step, value, null);
                }
            }
            default -> throw new IllegalArgumentException("no conditional action: " + step);
        }
    }

    private void carryOutOnMany(Step step) {
        List<String> keys = List.of(step.key(), "b", "missing");
        switch (step.action()) {
            case GET_ALL -> {
                Map<String, String> expected = new HashMap<>();
                keys.forEach(key -> expected(key).ifPresent(value -> expected.put(key, value)));
                assertThat(store.getAll(keys)).as("%s", step).isEqualTo(expected);
            }
            case PUT_ALL -> {
                Map<String, String> entries = Map.of(step.key(), newValue(), "bulk", newValue());
                store.putAll(entries, options(step));
                entries.forEach((key, value) -> write(new Step(step.action(), key, step.expiring()), value, null));
            }
            case DELETE_ALL -> {
                store.deleteAll(keys);
                keys.forEach(model::remove);
            }
            case SCAN -> compareScan("");
            case SCAN_PREFIX -> compareScan(step.key());
            case CLEAR -> {
                store.clear();
                model.clear();
            }
            default -> throw new IllegalArgumentException("no action on many: " + step);
        }
    }

    private String newValue() {
        return "v" + values++;
    }

    private PutOptions options(Step step) {
        return switch (step.expiring()) {
            case DEFAULT -> PutOptions.defaults();
            case NEVER -> PutOptions.never();
            case KEEP -> PutOptions.keepTtl();
            case LATER -> PutOptions.ttl(LATER);
            case SOON -> PutOptions.ttl(SOON);
            case PAST ->
                PutOptions.expireAt(
                        now().minusMillis(1).minus(subject.clock().isPresent() ? Duration.ZERO : TICK_OF_SERVERS));
        };
    }

    /**
     * Writes into the model.
     *
     * @param changed what a conditional write changes, whose deadline it keeps unless told otherwise
     */
    private void write(Step step, String value, @Nullable Held changed) {
        Held before = held(step.key());
        Instant deadline = switch (step.expiring()) {
            case DEFAULT -> changed == null ? null : changed.deadline();
            case NEVER -> null;
            case KEEP -> before == null ? null : before.deadline();
            case LATER -> now().plus(LATER);
            case SOON -> now().plus(SOON);
            case PAST -> Instant.MIN;
        };
        model.put(step.key(), new Held(value, deadline));
        held(step.key());
    }

    /** What the model holds under a key now; what has expired it forgets. */
    private @Nullable Held held(String key) {
        return model.computeIfPresent(
                key, (k, held) -> held.deadline() == null || held.deadline().isAfter(now()) ? held : null);
    }

    private Optional<String> expected(String key) {
        return Optional.ofNullable(held(key)).map(Held::value);
    }

    private void compareAll() {
        for (String key : List.copyOf(model.keySet())) {
            compare(key);
        }
        if (subject.capabilities().supports(Capability.SCAN)) {
            compareScan("");
        }
    }

    private void compare(String key) {
        Optional<Entry<String>> entry = store.entry(key);
        assertThat(entry.map(Entry::value)).as("entry of %s", key).isEqualTo(expected(key));
        Held held = held(key);
        if (held == null) {
            return;
        }
        compareDeadline(key, entry.orElseThrow().expiresAt(), held.deadline());
        Seen now = new Seen(entry.orElseThrow().version(), held.value());
        Seen before = seen.put(key, now);
        if (before != null) {
            assertThat(before.version().equals(now.version()))
                    .as("whether the version of '%s' changed with its value", key)
                    .isEqualTo(before.value().equals(now.value()));
        }
    }

    private void compareDeadline(String key, Optional<Instant> actual, @Nullable Instant expected) {
        assertThat(actual.isPresent()).as("whether '%s' has a deadline", key).isEqualTo(expected != null);
        if (expected != null) {
            Duration slack = subject.clock().isPresent() ? Duration.ZERO : SLACK_OF_SERVERS;
            assertThat(actual.orElseThrow())
                    .as("deadline of '%s'", key)
                    .isBetween(expected.minus(slack), expected.plus(slack));
        }
    }

    private void compareScan(String prefix) {
        Map<String, String> expected = new HashMap<>();
        for (String key : List.copyOf(model.keySet())) {
            if (key.startsWith(prefix)) {
                expected(key).ifPresent(value -> expected.put(key, value));
            }
        }
        ScanOptions options = ScanOptions.prefix(prefix).pageSize(2).distinct();
        Map<String, String> found = new HashMap<>();
        try (Stream<Entry<String>> entries = store.scan(options)) {
            entries.forEach(entry -> assertThat(found.put(entry.key(), entry.value()))
                    .as("what '%s' had when it was scanned before", entry.key())
                    .isNull());
        }
        assertThat(found).as("scan of '%s'", prefix).isEqualTo(expected);
    }
}
