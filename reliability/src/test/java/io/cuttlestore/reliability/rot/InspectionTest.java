package io.cuttlestore.reliability.rot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.PutOptions;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.rot.Inspection.Leniency;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("An inspection of a store")
class InspectionTest {
    private final Contents contents = new Contents();
    private final Tally tally = new Tally();

    @TempDir
    private Path folder;

    private String store;

    @BeforeEach
    void fill() {
        store = "filesystem://" + folder.resolve("store");
        use(contents::fill);
    }

    private interface Use {
        void of(Cuttlestore<byte[]> store);
    }

    private void use(Use use) {
        try (Cuttlestore<byte[]> filled = Cuttlestore.builder(store)
                .clock(InstantSource.fixed(Contents.FILLED))
                .open(byte[].class)) {
            use.of(filled);
        }
    }

    private void inspect(Leniency leniency) {
        new Inspection(contents, tally, leniency).of(store);
    }

    private void requireThatItIsNoticed() {
        assertThatThrownBy(() -> inspect(Leniency.NONE)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("finds all of an undamaged one")
    void whole() {
        inspect(Leniency.NONE);
        assertThat(tally.counts())
                .containsEntry("right values", (long) contents.values().size());
    }

    @Test
    @DisplayName("notices wrong bytes, however lenient it is")
    void wrongBytes() {
        use(entries -> entries.put("key0", new byte[] {1}, PutOptions.keepTtl()));
        requireThatItIsNoticed();
        assertThatThrownBy(() -> inspect(new Leniency(true, true, key -> true))).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("notices a missing entry, unless it may be missing")
    void missing() {
        use(entries -> entries.delete("key0"));
        requireThatItIsNoticed();
        assertThatCode(() -> inspect(new Leniency(false, false, "key0"::equals)))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("notices another deadline")
    void deadline() {
        use(entries -> entries.touch("key0", Duration.ofDays(1_000)));
        requireThatItIsNoticed();
    }

    @Test
    @DisplayName("notices a key that nobody wrote")
    void another() {
        use(entries -> entries.put("another", new byte[0]));
        requireThatItIsNoticed();
    }

    @Test
    @DisplayName("notices that a sweep deletes something")
    void swept() {
        use(entries -> entries.putAll(Map.of("another", new byte[0]), PutOptions.ttl(Duration.ofMinutes(1))));
        requireThatItIsNoticed();
    }

    @Test
    @DisplayName("needs damage, which always is some, and the same for the same seed")
    void damage() {
        for (int length : new int[] {0, 1, 7, 5_000}) {
            byte[] bytes = new byte[length];
            for (long seed = 0; seed < 200; seed++) {
                Damage damage = Damage.of(bytes, new SplittableRandom(seed));
                assertThat(damage.bytes()).as(damage.what()).isNotEqualTo(bytes);
                assertThat(Damage.of(bytes, new SplittableRandom(seed)).bytes()).isEqualTo(damage.bytes());
            }
        }
    }
}
