package io.cuttlestore.reliability.rot;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.PutOptions;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What a store holds before it is damaged: values of many lengths, every third with a deadline. */
final class Contents {
    /** The deadline of entries that have one. */
    static final Instant DEADLINE = Instant.parse("2030-06-15T12:00:30Z");

    /** When the store is filled, and when it is read. */
    static final Instant FILLED = DEADLINE.minusSeconds(3600);

    static final Instant READ = DEADLINE.minusSeconds(10);

    private static final int[] LENGTHS = {0, 1, 3, 20, 100, 100, 500, 1_000, 3_000, 4_096, 9_000, 33_000};
    private static final int ROUNDS = 3;
    private static final int LONG_KEY = 300;

    private final Map<String, byte[]> values = new LinkedHashMap<>();
    private final Map<String, byte[]> earlier = new LinkedHashMap<>();

    /** Always the same. */
    Contents() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ROUNDS * LENGTHS.length; i++) {
            byte[] value = new byte[LENGTHS[i % LENGTHS.length]];
            random.nextBytes(value);
            values.put(key(i), value);
        }
    }

    private static String key(int number) {
        return switch (number % 4) {
            case 0 -> "key" + number;
            case 1 -> "names:K\u00e9y/" + number;
            case 2 -> ("k" + number).repeat(LONG_KEY / 3);
            default -> Integer.toString(number);
        };
    }

    Map<String, byte[]> values() {
        return values;
    }

    /** The value that a key had before the one that it has. */
    byte @Nullable [] earlier(String key) {
        return earlier.get(key);
    }

    Optional<Instant> deadline(String key) {
        return key.length() % 3 == 0 ? Optional.of(DEADLINE) : Optional.empty();
    }

    /** Writes all. */
    void fill(Cuttlestore<byte[]> store) {
        values.forEach((key, value) -> put(store, key, value));
    }

    /** Gives every second key a value before {@link #fill} does. */
    void fillEarlier(Cuttlestore<byte[]> store) {
        int number = 0;
        for (Map.Entry<String, byte[]> entry : values.entrySet()) {
            if (number++ % 2 == 0) {
                byte[] before = Arrays.copyOf(entry.getValue(), entry.getValue().length + 1);
                earlier.put(entry.getKey(), before);
                put(store, entry.getKey(), before);
            }
        }
    }

    private void put(Cuttlestore<byte[]> store, String key, byte[] value) {
        store.put(key, value, deadline(key).map(PutOptions::expireAt).orElse(PutOptions.never()));
    }
}
