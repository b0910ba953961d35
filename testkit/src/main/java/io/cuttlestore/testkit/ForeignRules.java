package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.cuttlestore.BatchException;
import io.cuttlestore.Capability;
import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.UndecodableValueException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Nothing is deleted or changed because it could not be understood. */
abstract class ForeignRules extends Rules {
    ForeignRules(CuttlestoreKit kit) {
        super(kit);
    }

    @Test
    @DisplayName("a value that does not decode stays, whatever is tried with it short of put and delete")
    void undecodableValuesStay() {
        Cuttlestore<Note> notes = connection().store(Note.CODEC);
        store().put("k", Note.UNREADABLE);
        assertThatThrownBy(() -> notes.get("k")).isInstanceOf(UndecodableValueException.class);
        if (has(Capability.CONDITIONAL)) {
            assertThat(notes.putIfAbsent("k", new Note("other"))).isFalse();
            assertThatThrownBy(() -> notes.getAndDelete("k")).isInstanceOf(UndecodableValueException.class);
            assertThatThrownBy(() -> notes.update("k", seen -> Optional.empty()))
                    .isInstanceOf(UndecodableValueException.class);
            assertThatThrownBy(() -> notes.computeIfAbsent("k", key -> new Note("other")))
                    .isInstanceOf(UndecodableValueException.class);
        }
        assertThat(store().get("k")).hasValue(Note.UNREADABLE);
        notes.put("k", new Note("readable"));
        assertThat(notes.get("k")).hasValue(new Note("readable"));
        store().put("k", Note.UNREADABLE);
        notes.delete("k");
        assertThat(store().contains("k")).isFalse();
    }

    @TestFactory
    @DisplayName("reading what is no entry says so, and leaves it in place")
    Stream<DynamicTest> reading() {
        return forEachKind(() -> {
            assertThatThrownBy(() -> store().get("k")).isInstanceOf(CorruptEntryException.class);
            assertThatThrownBy(() -> store().entry("k")).isInstanceOf(CorruptEntryException.class);
            assertThatThrownBy(() -> store().getAll(List.of("k", "sound")))
                    .isInstanceOfSatisfying(
                            BatchException.class,
                            failure -> assertThat(failure.failed()).containsExactly("k"));
            assertStillThere();
        });
    }

    @TestFactory
    @DisplayName("writes with a condition don't touch what is no entry")
    Stream<DynamicTest> conditionalWrites() {
        return forEachKind(() -> {
            if (has(Capability.CONDITIONAL)) {
                assertLeftAlone(() -> store().putIfAbsent("k", "v"));
                assertLeftAlone(() -> store().getAndDelete("k"));
                assertLeftAlone(() -> store().update("k", seen -> Optional.of("v")));
                assertLeftAlone(() -> store().replace(
                                "k", store().entry("sound").orElseThrow().version(), "v"));
                assertLeftAlone(() ->
                        store().delete("k", store().entry("sound").orElseThrow().version()));
            }
            if (has(Capability.TTL)) {
                assertLeftAlone(() -> store().touch("k", Duration.ofHours(1)));
                assertLeftAlone(() -> store().persist("k"));
            }
            assertStillThere();
        });
    }

    @TestFactory
    @DisplayName("a scan goes past what is no entry, and a sweep and a clear leave it")
    Stream<DynamicTest> scanning() {
        return forEachKind(() -> {
            if (has(Capability.SCAN)) {
                try (var entries = store().scan();
                        Stream<String> keys = store().keys(ScanOptions.all())) {
                    assertThat(entries.map(entry -> entry.key()).distinct()).containsExactly("sound");
                    assertThat(keys.distinct()).contains("sound");
                }
                connection().eraseAll();
                assertThat(store().contains("sound")).isFalse();
            }
            assertStillThere();
        });
    }

    @TestFactory
    @DisplayName("a put naming exactly that key replaces what is no entry")
    Stream<DynamicTest> put() {
        return forEachKind(() -> {
            store().put("k", "v");
            assertThat(store().get("k")).hasValue("v");
        });
    }

    @TestFactory
    @DisplayName("a delete naming exactly that key removes what is no entry")
    Stream<DynamicTest> delete() {
        return forEachKind(() -> {
            store().delete("k");
            assertThat(store().get("k")).isEmpty();
            store().put("k", "v");
            assertThat(store().get("k")).hasValue("v");
        });
    }

    /** One test for each kind of thing that can lie under a key, each with a store of its own. */
    private Stream<DynamicTest> forEachKind(Executable test) {
        return kit.foreignKinds().stream()
                .map(kind -> dynamicTest(kind, () -> {
                    startOver();
                    store().put("sound", "v");
                    kit.plantForeign(url(), "k", kind);
                    test.execute();
                }));
    }

    /** An operation may refuse or do nothing; what it must not do is change what it does not understand. */
    private void assertLeftAlone(Executable operation) throws Throwable {
        try {
            operation.execute();
        } catch (CorruptEntryException refused) {
            assertThat(refused).hasMessageContaining("k");
        }
        assertStillThere();
    }

    private void assertStillThere() {
        assertThatThrownBy(() -> store().get("k"))
                .as("it must stay in place")
                .isInstanceOf(CorruptEntryException.class);
    }
}
