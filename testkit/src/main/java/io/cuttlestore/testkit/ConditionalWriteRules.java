package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Needs(Capability.CONDITIONAL)
abstract class ConditionalWriteRules extends Rules {
    private static final int THREADS = 6;

    ConditionalWriteRules(CuttlestoreKit kit) {
        super(kit);
    }

    private Version versionOf(String key) {
        return store().entry(key).orElseThrow().version();
    }

    @Test
    @DisplayName("putIfAbsent writes where there is nothing, and changes nothing where there is something")
    void putIfAbsent() {
        assertThat(store().putIfAbsent("k", "first")).isTrue();
        assertThat(store().putIfAbsent("k", "second")).isFalse();
        assertThat(store().get("k")).hasValue("first");
        store().delete("k");
        assertThat(store().putIfAbsent("k", "third")).isTrue();
        assertThat(store().get("k")).hasValue("third");
    }

    @Test
    @DisplayName("putIfAbsent takes the empty value for a value")
    void putIfAbsentOverTheEmptyValue() {
        store().put("k", "");
        assertThat(store().putIfAbsent("k", "v")).isFalse();
        assertThat(store().get("k")).hasValue("");
    }

    @Test
    @DisplayName("replace writes only if the value is still the one that was seen")
    void replace() {
        store().put("k", "first");
        Version seen = versionOf("k");
        assertThat(store().replace("k", seen, "second")).isTrue();
        assertThat(store().get("k")).hasValue("second");
        assertThat(store().replace("k", seen, "third")).isFalse();
        assertThat(store().get("k")).hasValue("second");
    }

    @Test
    @DisplayName("replace fails on what is missing, and does not make it")
    void replaceOfAMissingKey() {
        store().put("k", "v");
        Version seen = versionOf("k");
        store().delete("k");
        assertThat(store().replace("k", seen, "again")).isFalse();
        assertThat(store().replace("never", seen, "v")).isFalse();
        assertThat(store().contains("k")).isFalse();
        assertThat(store().contains("never")).isFalse();
    }

    @Test
    @DisplayName("delete by version deletes only if the value is still the one that was seen")
    void deleteByVersion() {
        store().put("k", "first");
        Version seen = versionOf("k");
        store().put("k", "second");
        assertThat(store().delete("k", seen)).isFalse();
        assertThat(store().get("k")).hasValue("second");
        assertThat(store().delete("k", versionOf("k"))).isTrue();
        assertThat(store().contains("k")).isFalse();
        assertThat(store().delete("k", seen)).isFalse();
    }

    @Test
    @DisplayName("getAndDelete returns what it deletes, and nothing where there is nothing")
    void getAndDelete() {
        store().put("k", "v");
        assertThat(store().getAndDelete("k")).hasValue("v");
        assertThat(store().getAndDelete("k")).isEmpty();
        assertThat(store().contains("k")).isFalse();
        store().put("k", "");
        assertThat(store().getAndDelete("k")).hasValue("");
    }

    @Test
    @DisplayName("of many callers of getAndDelete one gets the value")
    void getAndDeleteHasOneWinner() throws Exception {
        for (int round = 0; round < Effort.times(50); round++) {
            store().put("k", "v");
            List<Optional<String>> results = Threads.together(THREADS, i -> () -> store().getAndDelete("k"));
            assertThat(results.stream().filter(Optional::isPresent))
                    .as("winners")
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("of many callers of putIfAbsent one wins, and its value is what stays")
    void putIfAbsentHasOneWinner() throws Exception {
        for (int round = 0; round < Effort.times(50); round++) {
            String key = "k" + round;
            List<Boolean> results = Threads.together(THREADS, i -> () -> store().putIfAbsent(key, "v" + i));
            assertThat(results.stream().filter(won -> won)).as("winners").hasSize(1);
            assertThat(store().get(key)).hasValue("v" + results.indexOf(true));
        }
    }

    @Test
    @DisplayName("of many callers of replace with one version one wins, and its value is what stays")
    void replaceHasOneWinner() throws Exception {
        for (int round = 0; round < Effort.times(50); round++) {
            store().put("k", "before " + round);
            Version seen = versionOf("k");
            int current = round;
            List<Boolean> results =
                    Threads.together(THREADS, i -> () -> store().replace("k", seen, current + " by " + i));
            assertThat(results.stream().filter(won -> won)).as("winners").hasSize(1);
            assertThat(store().get("k")).hasValue(round + " by " + results.indexOf(true));
        }
    }

    @Test
    @DisplayName("replace and delete by version exclude each other")
    void replaceAndDeleteExcludeEachOther() throws Exception {
        for (int round = 0; round < Effort.times(50); round++) {
            store().put("k", "before " + round);
            Version seen = versionOf("k");
            List<Boolean> results = Threads.together(
                    List.of(() -> store().replace("k", seen, "replaced"), () -> store().delete("k", seen)));
            assertThat(results).containsExactlyInAnyOrder(true, false);
            assertThat(store().contains("k")).isEqualTo(results.get(0));
        }
    }

    @Test
    @DisplayName("update writes what the function returns, makes what was missing, deletes on an empty result")
    void update() {
        assertThat(store().update("k", seen -> {
                    assertThat(seen).isEmpty();
                    return Optional.of("made");
                }))
                .hasValue("made");
        assertThat(store().update("k", seen -> seen.map(value -> value + "!"))).hasValue("made!");
        assertThat(store().get("k")).hasValue("made!");
        assertThat(store().update("k", seen -> Optional.empty())).isEmpty();
        assertThat(store().contains("k")).isFalse();
        assertThat(store().update("k", seen -> Optional.empty())).isEmpty();
        assertThat(store().contains("k")).isFalse();
    }

    @Test
    @DisplayName("update never loses what others write: no increment of many threads is missing")
    void updateLosesNothing() throws Exception {
        int increments = Effort.times(50);
        Threads.together(THREADS, thread -> () -> {
            Cuttlestore<String> store = thread % 2 == 0 ? store() : connection().store(String.class);
            for (int i = 0; i < increments; i++) {
                store.update("counter", ConditionalWriteRules::plusOne);
            }
            return null;
        });
        assertThat(store().get("counter")).hasValue(String.valueOf(THREADS * increments));
    }

    @Test
    @DisplayName("update loses nothing across connections either, where there may be several")
    void updateAcrossConnections() throws Exception {
        int increments = Effort.times(25);
        List<Cuttlestore<String>> stores = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            stores.add(otherConnection().store(String.class));
        }
        Threads.together(stores.size(), i -> () -> {
            for (int n = 0; n < increments; n++) {
                stores.get(i).update("counter", ConditionalWriteRules::plusOne);
            }
            return null;
        });
        assertThat(store().get("counter")).hasValue(String.valueOf(stores.size() * increments));
    }

    private static Optional<String> plusOne(Optional<String> seen) {
        return Optional.of(String.valueOf(Integer.parseInt(seen.orElse("0")) + 1));
    }

    @Test
    @DisplayName("update runs its function again on a conflict, each time on a copy of its own")
    void updateRunsAgain() {
        Cuttlestore<Note> notes = connection().store(Note.CODEC);
        notes.put("k", new Note("start"));
        AtomicInteger runs = new AtomicInteger();
        Set<Note> copies = Collections.newSetFromMap(new IdentityHashMap<>());
        Optional<Note> result = notes.update("k", seen -> {
            Note note = seen.orElseThrow();
            copies.add(note);
            if (runs.incrementAndGet() <= 2) {
                note.text = "spoiled by a run that is in vain";
                store().put("k", "interference " + runs);
                return Optional.of(note);
            }
            note.text += ", seen";
            return Optional.of(note);
        });
        assertThat(runs).hasValue(3);
        assertThat(copies).hasSize(3);
        assertThat(result).hasValue(new Note("interference 2, seen"));
        assertThat(store().get("k")).hasValue("interference 2, seen");
    }

    @Test
    @DisplayName("update does not write over an entry that was made, changed or deleted meanwhile")
    void updateSeesInterference() {
        AtomicInteger runs = new AtomicInteger();
        store().update("made", seen -> {
            if (runs.getAndIncrement() == 0) {
                store().put("made", "by another");
            }
            return Optional.of(seen.orElse("nothing") + " seen");
        });
        assertThat(store().get("made")).hasValue("by another seen");

        store().put("deleted", "v");
        runs.set(0);
        store().update("deleted", seen -> {
            if (runs.getAndIncrement() == 0) {
                store().delete("deleted");
            }
            return Optional.of(seen.orElse("nothing") + " seen");
        });
        assertThat(store().get("deleted")).hasValue("nothing seen");

        store().put("kept", "v");
        runs.set(0);
        store().update("kept", seen -> {
            if (runs.getAndIncrement() == 0) {
                store().put("kept", "changed");
                return Optional.empty();
            }
            return seen;
        });
        assertThat(store().get("kept")).as("a deletion decided on an old value").hasValue("changed");
    }

    @Test
    @DisplayName("an update whose function throws changes nothing and hands the exception on")
    void updateThatThrows() {
        store().put("k", "v");
        IllegalArgumentException thrown = new IllegalArgumentException("no");
        assertThatThrownBy(() -> store().update("k", seen -> {
                    throw thrown;
                }))
                .isSameAs(thrown);
        assertThat(store().get("k")).hasValue("v");
    }

    @Test
    @SuppressWarnings("NullAway") // that null is refused is the point
    @DisplayName("null is refused as a value, a version, a function and a function's result, and nothing is written")
    void nulls() {
        store().put("k", "v");
        Version seen = versionOf("k");
        assertThatThrownBy(() -> store().putIfAbsent("other", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> store().replace("k", seen, null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> store().replace("k", null, "w")).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> store().delete("k", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> store().update("k", null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> store().update("k", value -> null)).isInstanceOf(NullPointerException.class);
        assertThat(store().get("k")).hasValue("v");
        assertThat(store().contains("other")).isFalse();
    }

    @Test
    @DisplayName("a plain put is never lost to a conditional write that was decided before it")
    void putsAndConditionalWrites() throws Exception {
        for (int round = 0; round < Effort.times(50); round++) {
            store().put("k", "before " + round);
            Version seen = versionOf("k");
            Threads.together(List.of(() -> store().replace("k", seen, "conditional"), () -> {
                store().put("k", "plain");
                return true;
            }));
            assertThat(store().get("k")).hasValue("plain");
        }
    }
}
