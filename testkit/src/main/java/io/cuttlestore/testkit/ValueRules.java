package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.Codec;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Limits;
import io.cuttlestore.UndecodableValueException;
import io.cuttlestore.UnencodableValueException;
import io.cuttlestore.ValueTooLargeException;
import io.cuttlestore.spi.Backend;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class ValueRules extends Rules {
    /** The limit that every backend has at least, in bytes. */
    private static final int LEAST_LIMIT = 256 << 10;

    /** The largest value that the kit writes, in bytes. */
    private static final int AFFORDABLE = 8 << 20;

    ValueRules(CuttlestoreKit kit) {
        super(kit);
    }

    private Cuttlestore<byte[]> bytes() {
        return connection().store(byte[].class);
    }

    private Cuttlestore<Note> notes() {
        return connection().store(Note.CODEC);
    }

    @Test
    @DisplayName("the empty value is a value")
    void emptyValue() {
        bytes().put("k", new byte[0]);
        assertThat(bytes().get("k"))
                .hasValueSatisfying(value -> assertThat(value).isEmpty());
        assertThat(bytes().contains("k")).isTrue();
        assertThat(bytes().entry("k").orElseThrow().bytes()).isEmpty();
        assertThat(bytes().getAll(List.of("k"))).containsOnlyKeys("k");
        store().put("text", "");
        assertThat(store().get("text")).hasValue("");
    }

    @Test
    @DisplayName("every byte comes back as it was written")
    void allBytes() {
        byte[] all = new byte[512];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        bytes().put("k", all);
        assertThat(bytes().get("k").orElseThrow()).isEqualTo(all);
        assertThat(bytes().entry("k").orElseThrow().bytes()).isEqualTo(all);
        assertThat(bytes().getAll(List.of("k")).get("k")).isEqualTo(all);
    }

    @Test
    @DisplayName("text of all planes comes back as it was written")
    void allCharacters() {
        for (String text : HardKeys.all()) {
            store().put("k", text);
            assertThat(store().get("k")).hasValue(text);
        }
    }

    @Test
    @DisplayName("values of 256 KiB are stored whole, one by one and in bulk")
    void largeValues() {
        byte[] large = new byte[256 << 10];
        new Random(1).nextBytes(large);
        bytes().put("a", large);
        bytes().putAll(Map.of("b", large, "c", large));
        reopen();
        assertThat(bytes().get("a").orElseThrow()).isEqualTo(large);
        assertThat(bytes().getAll(List.of("a", "b", "c")).values())
                .allSatisfy(value -> assertThat(value).isEqualTo(large));
    }

    @Test
    @DisplayName("values may be as large as declared, as far as a test can afford them, and at least 256 KiB")
    void largestValue() {
        long limit = declared().limits().maxValueBytes();
        assertThat(limit).isGreaterThanOrEqualTo(LEAST_LIMIT);
        byte[] largest = new byte[(int) Math.min(limit, AFFORDABLE)];
        bytes().put("k", largest);
        assertThat(bytes().get("k").orElseThrow()).hasSize(largest.length);
    }

    @Test
    @DisplayName("a value above the limit is refused before anything is written, alone and in bulk")
    void tooLarge() {
        Cuttlestore<byte[]> limited =
                closing(builder(url()).layer(LeastLimit::new).open(byte[].class));
        byte[] largest = new byte[LEAST_LIMIT];
        byte[] tooLarge = new byte[LEAST_LIMIT + 1];
        limited.put("k", largest);
        assertTooLarge(() -> limited.put("k", tooLarge));
        assertTooLarge(() -> limited.putAll(Map.of("other", largest, "k", tooLarge)));
        assertTooLarge(() -> limited.async().put("k", tooLarge));
        if (has(Capability.CONDITIONAL)) {
            assertTooLarge(() -> limited.putIfAbsent("k", tooLarge));
            assertTooLarge(
                    () -> limited.replace("k", limited.entry("k").orElseThrow().version(), tooLarge));
            assertTooLarge(() -> limited.update("k", seen -> Optional.of(tooLarge)));
        }
        assertThat(limited.get("k").orElseThrow()).isEqualTo(largest);
        assertThat(limited.contains("other")).isFalse();
    }

    private static void assertTooLarge(ThrowingCallable write) {
        assertThatThrownBy(write)
                .isInstanceOf(ValueTooLargeException.class)
                .hasMessageContaining("'k'")
                .hasMessageContaining(String.valueOf(LEAST_LIMIT + 1))
                .hasMessageContaining(String.valueOf(LEAST_LIMIT));
    }

    /** Declares the least limit that a backend may have, where its own is too large to go beyond it. */
    private static final class LeastLimit extends PassThroughLayer {
        LeastLimit(Backend inner) {
            super(inner);
        }

        @Override
        public Capabilities capabilities() {
            Capabilities declared = super.capabilities();
            Capabilities.Builder limited = Capabilities.builder(declared.traits(), Limits.ofValues(LEAST_LIMIT));
            declared.all().forEach((capability, support) -> {
                switch (support) {
                    case NATIVE -> limited.natively(capability);
                    case EMULATED -> limited.emulated(capability);
                    case NONE -> {}
                }
            });
            return limited.build();
        }
    }

    @Test
    @SuppressWarnings("NullAway") // that null is refused is the point
    @DisplayName("null is refused, as a key and as a value, and nothing is written")
    void nulls() {
        assertThatThrownBy(() -> store().put("k", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> store().put("k", "v", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> store().get(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> store().delete(null)).isInstanceOf(NullPointerException.class);
        assertThat(store().contains("k")).isFalse();
    }

    @Test
    @DisplayName("a value that is changed after the write does not change what is stored")
    void writtenValuesAreNotAliased() {
        byte[] mutable = {1, 2, 3};
        bytes().put("bytes", mutable);
        mutable[0] = 9;
        assertThat(bytes().get("bytes").orElseThrow()).containsExactly(1, 2, 3);

        Note note = new Note("first");
        notes().put("note", note);
        note.text = "changed";
        assertThat(notes().get("note")).hasValue(new Note("first"));
    }

    @Test
    @DisplayName("a value that is changed after the read does not change what is stored, nor what others read")
    void readValuesAreNotAliased() {
        bytes().put("bytes", new byte[] {1, 2, 3});
        bytes().get("bytes").orElseThrow()[0] = 9;
        bytes().entry("bytes").orElseThrow().bytes()[0] = 9;
        bytes().entry("bytes").orElseThrow().value()[0] = 9;
        bytes().getAll(List.of("bytes")).values().forEach(value -> value[0] = 9);
        assertThat(bytes().get("bytes").orElseThrow()).containsExactly(1, 2, 3);

        notes().put("note", new Note("first"));
        Note read = notes().get("note").orElseThrow();
        read.text = "changed";
        notes().entry("note").orElseThrow().value().text = "changed";
        assertThat(notes().get("note")).hasValue(new Note("first"));
        assertThat(notes().get("note").orElseThrow())
                .isNotSameAs(notes().get("note").orElseThrow());
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("the function of an update gets a copy of its own, and what it keeps can't change what is stored")
    void updatesAreNotAliased() {
        notes().put("k", new Note("first"));
        Note[] kept = new Note[1];
        notes().update("k", seen -> {
            Note note = seen.orElseThrow();
            note.text += ", second";
            kept[0] = note;
            return seen;
        });
        kept[0].text = "changed";
        assertThat(notes().get("k")).hasValue(new Note("first, second"));
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("what a loader makes and keeps can't change what is stored")
    void loadedValuesAreNotAliased() {
        Note made = new Note("made");
        Note returned = notes().computeIfAbsent("k", key -> made);
        made.text = "changed";
        returned.text = "changed";
        assertThat(notes().get("k")).hasValue(new Note("made"));
    }

    @Test
    @DisplayName("a value that does not decode is an error when it is read, and stays readable as bytes")
    void undecodable() {
        store().put("k", Note.UNREADABLE);
        assertThatThrownBy(() -> notes().get("k")).isInstanceOf(UndecodableValueException.class);
        assertThatThrownBy(() -> notes().entry("k").orElseThrow().value())
                .isInstanceOf(UndecodableValueException.class);
        assertThat(notes().entry("k").orElseThrow().bytes()).asString().isEqualTo(Note.UNREADABLE);
        assertThat(notes().contains("k")).isTrue();
        assertThat(store().get("k")).hasValue(Note.UNREADABLE);
    }

    @Test
    @DisplayName("a value that can't be encoded is an error, and what was stored stays")
    void unencodable() {
        Codec<String> failing = new Codec<>() {
            @Override
            public byte[] encode(String value) {
                throw new IllegalArgumentException("this can't be written");
            }

            @Override
            public String decode(byte[] bytes) {
                return "";
            }

            @Override
            public boolean shareable() {
                return false;
            }
        };
        store().put("k", "before");
        Cuttlestore<String> broken = connection().store(failing);
        assertThatThrownBy(() -> broken.put("k", "v")).isInstanceOf(UnencodableValueException.class);
        assertThat(store().get("k")).hasValue("before");
    }

    @Test
    @DisplayName("what one codec wrote another may read")
    void codecsShareBytes() {
        store().put("k", "plain");
        assertThat(bytes().get("k").orElseThrow()).asString().isEqualTo("plain");
    }
}
