package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class WriteRules extends Rules {
    WriteRules(CuttlestoreKit kit) {
        super(kit);
    }

    @Test
    @DisplayName("a fresh store is empty")
    void freshStoreIsEmpty() {
        assertThat(store().get("k")).isEmpty();
        assertThat(store().entry("k")).isEmpty();
        assertThat(store().contains("k")).isFalse();
    }

    @Test
    @DisplayName("what is put is there to every way of reading")
    void putIsSeen() {
        store().put("k", "v");
        assertThat(store().get("k")).hasValue("v");
        assertThat(store().contains("k")).isTrue();
        assertThat(store().getAll(List.of("k"))).containsEntry("k", "v");
        assertThat(store().entry("k")).hasValueSatisfying(entry -> {
            assertThat(entry.key()).isEqualTo("k");
            assertThat(entry.value()).isEqualTo("v");
            assertThat(entry.bytes()).asString().isEqualTo("v");
            assertThat(entry.expiresAt()).isEmpty();
        });
    }

    @Test
    @DisplayName("a put replaces what was there, whatever its length")
    void putReplaces() {
        for (String value : List.of("long value", "v", "", "longer value than the first", "v")) {
            store().put("k", value);
            assertThat(store().get("k")).hasValue(value);
        }
    }

    @Test
    @DisplayName("a deleted entry is absent to every way of reading")
    void deleteRemoves() {
        store().put("k", "v");
        store().delete("k");
        assertThat(store().get("k")).isEmpty();
        assertThat(store().entry("k")).isEmpty();
        assertThat(store().contains("k")).isFalse();
        assertThat(store().getAll(List.of("k"))).isEmpty();
    }

    @Test
    @DisplayName("deleting what is missing is fine, once and again")
    void deletingAMissingKeyIsFine() {
        store().delete("never");
        store().delete("never");
        store().put("k", "v");
        store().delete("k");
        store().delete("k");
        assertThat(store().contains("k")).isFalse();
    }

    @Test
    @DisplayName("after a write returns, every view of the connection sees it")
    void viewsSeeWrites() {
        Cuttlestore<String> other = connection().store(String.class);
        for (int i = 0; i < 100; i++) {
            store().put("k", "v" + i);
            assertThat(other.get("k")).hasValue("v" + i);
        }
    }

    @Test
    @DisplayName("after a write returns, every other connection sees it, where there may be several")
    void connectionsSeeWrites() {
        store().put("k", "first");
        Cuttlestore<String> other = otherConnection().store(String.class);
        for (int i = 0; i < 50; i++) {
            store().put("k", "here " + i);
            assertThat(other.get("k")).hasValue("here " + i);
            other.put("k", "there " + i);
            assertThat(store().get("k")).hasValue("there " + i);
        }
        other.delete("k");
        assertThat(store().get("k")).isEmpty();
    }

    @Test
    @DisplayName("acknowledged writes survive closing, where they are declared to")
    void writesSurviveClosing() {
        store().put("kept", "v");
        store().put("deleted", "v");
        store().delete("deleted");
        reopen();
        assertThat(store().get("kept")).hasValue("v");
        assertThat(store().get("deleted")).isEmpty();
    }

    @Test
    @DisplayName("a put is atomic: readers see the whole old value or the whole new one, never nothing")
    void putIsAtomic() throws Exception {
        int readers = 3;
        int writes = Effort.times(200);
        store().put("k", valueOf(0));
        AtomicInteger writing = new AtomicInteger(1);
        Callable<Void> writer = () -> {
            try {
                for (int i = 1; i <= writes; i++) {
                    store().put("k", valueOf(i));
                }
            } finally {
                writing.set(0);
            }
            return null;
        };
        Callable<Void> reader = () -> {
            while (writing.get() > 0) {
                Optional<String> seen = store().get("k");
                assertThat(seen)
                        .as("a value that is overwritten is never absent")
                        .isPresent();
                assertWhole(seen.orElseThrow());
            }
            return null;
        };
        Threads.together(
                Stream.concat(Stream.of(writer), IntStream.range(0, readers).mapToObj(i -> reader))
                        .toList());
    }

    /** A value of a length and with content that follow from a number, so that a mixture of two shows. */
    private static String valueOf(int number) {
        return (number + ":").repeat(1 + number % 7 * 2_000);
    }

    private static void assertWhole(String value) {
        int number = Integer.parseInt(value.substring(0, value.indexOf(':')));
        assertThat(value).hasSameSizeAs(valueOf(number)).isEqualTo(valueOf(number));
    }

    @Test
    @DisplayName("writers of different keys don't disturb each other")
    void manyWriters() throws Exception {
        int threads = 8;
        int keys = Effort.times(50);
        Threads.together(threads, thread -> () -> {
            for (int i = 0; i < keys; i++) {
                store().put(thread + "/" + i, thread + "=" + i);
                if (i % 3 == 0) {
                    store().delete(thread + "/" + i);
                }
            }
            return null;
        });
        for (int thread = 0; thread < threads; thread++) {
            for (int i = 0; i < keys; i++) {
                String expected = i % 3 == 0 ? null : thread + "=" + i;
                assertThat(store().get(thread + "/" + i)).isEqualTo(Optional.ofNullable(expected));
            }
        }
    }

    @Test
    @Needs(Capability.SCAN)
    @DisplayName("a write touches its own key only")
    void writesTouchOneKey() {
        store().put("a", "1");
        store().put("b", "2");
        store().put("a", "3");
        store().delete("c");
        try (var entries = store().scan()) {
            assertThat(entries.map(entry -> entry.key() + "=" + entry.value()).distinct())
                    .containsExactlyInAnyOrder("a=3", "b=2");
        }
    }
}
