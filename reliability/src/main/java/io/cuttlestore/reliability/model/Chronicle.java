package io.cuttlestore.reliability.model;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.Entry;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Random operations, good and bad ones, decided by a seed, and what came of each, in words that are the same on every
 * store. Versions, the order of scans and messages may differ, so they are left out; so does whether the root view can be
 * cleared, which a namespace around everything decides. A failure of the store is no result. Not thread-safe.
 */
final class Chronicle {
    private static final List<String> KEYS = List.of(
            "a",
            "b",
            "a:b",
            "a%3A",
            "%",
            "_",
            "*",
            "[a]",
            "..",
            "a/b",
            "A",
            "\u00e9",
            "e\u0301",
            "\ud83e\udd91",
            " ",
            "\n",
            "x".repeat(900));
    private static final List<String> BAD_KEYS = List.of("", "\ud83e", "a\udd91", "x".repeat(1_200));
    private static final List<String> NAMESPACES = List.of("", "n", "n:m", "n%", "N");
    private static final Instant PAST = Instant.parse("2001-01-01T00:00:00Z");

    private final CuttlestoreConnection connection;
    private final SplittableRandom random;
    private final Map<String, Version> seen = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private Chronicle(CuttlestoreConnection connection, long seed) {
        this.connection = connection;
        this.random = new SplittableRandom(seed);
    }

    /** Carries out operations and tells them, one a line. */
    static List<String> of(CuttlestoreConnection connection, long seed, int operations) {
        Chronicle chronicle = new Chronicle(connection, seed);
        for (int i = 0; i < operations; i++) {
            chronicle.step();
        }
        return chronicle.lines;
    }

    private void step() {
        String namespace = one(NAMESPACES);
        Cuttlestore<String> store =
                namespace.isEmpty() ? connection.store(String.class) : connection.store(namespace, String.class);
        String key = random.nextInt(20) == 0 ? one(BAD_KEYS) : one(KEYS);
        String other = one(KEYS);
        String value = value();
        PutOptions options = options();
        String at = namespace + "|" + key;
        Optional<Version> known = Optional.ofNullable(seen.get(at));
        int operation = random.nextInt(20);
        tell(operation + " " + at, () -> switch (operation) {
            case 0, 1 -> store.get(key);
            case 2 -> store.entry(key).map(entry -> see(at, entry));
            case 3 -> store.contains(key);
            case 4, 5 -> done(() -> store.put(key, value, options));
            case 6 -> done(() -> store.delete(key));
            case 7 -> store.touch(key, Duration.ofHours(2));
            case 8 -> store.persist(key);
            case 9 -> store.putIfAbsent(key, value, options);
            case 10 -> known.map(version -> store.replace(key, version, value, options));
            case 11 -> known.map(version -> store.delete(key, version));
            case 12 -> store.getAndDelete(key);
            case 13 ->
                store.update(
                        key, before -> before.map(text -> text + "+").filter(text -> text.length() < 300), options);
            case 14 -> store.computeIfAbsent(key, absent -> value, options);
            case 15 -> new TreeMap<>(store.getAll(List.of(key, other, "a")));
            case 16 -> done(() -> store.putAll(Map.of(key, value, other + "!", value), options));
            case 17 -> done(() -> store.deleteAll(List.of(key, other)));
            case 18 ->
                scan(
                        store,
                        ScanOptions.prefix(prefix(key))
                                .pageSize(1 + random.nextInt(5))
                                .distinct());
            default -> random.nextInt(8) == 0 && !namespace.isEmpty() ? done(store::clear) : async(store, key);
        });
    }

    private void tell(String what, Supplier<Object> operation) {
        String result;
        try {
            result = String.valueOf(operation.get());
        } catch (IllegalArgumentException | IllegalStateException e) {
            result = e.getClass().getSimpleName();
        }
        lines.add(what + " -> " + result);
    }

    private String see(String at, Entry<String> entry) {
        seen.put(at, entry.version());
        return entry.value() + (entry.expiresAt().isPresent() ? " until later" : " for ever");
    }

    private static String done(Runnable operation) {
        operation.run();
        return "done";
    }

    private static Object async(Cuttlestore<String> store, String key) {
        try {
            return store.async().get(key).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static Object scan(Cuttlestore<String> store, ScanOptions options) {
        try (Stream<Entry<String>> entries = store.scan(options)) {
            return entries.map(entry -> entry.key() + "=" + entry.value())
                    .sorted()
                    .toList();
        }
    }

    private String prefix(String key) {
        return key.substring(0, Math.min(key.length(), random.nextInt(3)));
    }

    private String value() {
        return switch (random.nextInt(12)) {
            case 0 -> "";
            case 1 -> "\u0000\ud83e\udd91\uffff";
            case 2 -> "long".repeat(20_000);
            case 3 -> "half \ud83e";
            default -> "v" + random.nextInt(1_000);
        };
    }

    private PutOptions options() {
        return switch (random.nextInt(8)) {
            case 0 -> PutOptions.never();
            case 1 -> PutOptions.keepTtl();
            case 2 -> PutOptions.ttl(Duration.ofHours(1));
            case 3 -> PutOptions.expireAt(PAST);
            default -> PutOptions.defaults();
        };
    }

    private String one(List<String> many) {
        return many.get(random.nextInt(many.size()));
    }
}
