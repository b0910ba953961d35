package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.UndecodableValueException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class FailureRules extends Rules {
    private static final String SECRET = "a value that nobody may see, plugh";

    private final FaultPlan faults = new FaultPlan();

    FailureRules(CuttlestoreKit kit) {
        super(kit);
    }

    private Cuttlestore<String> faulty() {
        return closing(builder(url()).layer(faults).connect()).store(String.class);
    }

    @Test
    @DisplayName("what a backend reports reaches the caller as it is")
    void failuresPass() {
        Cuttlestore<String> faulty = faulty();
        faults.failAt(1, () -> new StoreUnavailableException("injected"));
        assertThatThrownBy(() -> faulty.put("k", "v"))
                .isInstanceOfSatisfying(
                        StoreUnavailableException.class,
                        e -> assertThat(e.isTransient()).isTrue());
        assertThat(faulty.get("k")).isEmpty();
        faulty.put("k", "v");
        assertThat(faulty.get("k")).hasValue("v");
    }

    @Test
    @DisplayName("a write whose reply is lost is of unknown outcome, and is never sent again")
    void lostReplies() {
        Cuttlestore<String> faulty = faulty();
        faulty.put("k", "before");
        int before = faults.arrived();
        faults.loseReplyAt(1, () -> new OutcomeUnknownException("injected"));
        assertThatThrownBy(() -> faulty.put("k", "v")).isInstanceOf(OutcomeUnknownException.class);
        assertThat(faults.arrived() - before).as("commands sent").isEqualTo(1);
        assertThat(faulty.get("k")).hasValue("v");
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("an update whose write is of unknown outcome is not tried again")
    void updateOfUnknownOutcome() {
        Cuttlestore<String> faulty = faulty();
        faulty.put("counter", "1");
        faults.loseReplyAt(2, () -> new OutcomeUnknownException("injected"));
        AtomicInteger runs = new AtomicInteger();
        assertThatThrownBy(() -> faulty.update("counter", seen -> {
                    runs.incrementAndGet();
                    return seen.map(value -> String.valueOf(Integer.parseInt(value) + 1));
                }))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThat(runs).hasValue(1);
        assertThat(faulty.get("counter")).hasValue("2");
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("an update that others keep interfering with ends with a timeout, transient")
    void updateTimesOut() {
        Cuttlestore<String> hasty = store().withTimeout(Duration.ofMillis(300));
        AtomicInteger runs = new AtomicInteger();
        assertThatThrownBy(() -> hasty.update("k", seen -> {
                    store().put("k", "interference " + runs.incrementAndGet());
                    return Optional.of("never");
                }))
                .isInstanceOfSatisfying(
                        StoreTimeoutException.class,
                        e -> assertThat(e.isTransient()).isTrue());
        assertThat(runs.get()).isGreaterThan(1);
        assertThat(store().get("k")).hasValue("interference " + runs);
    }

    @Test
    @DisplayName("a view with another time limit is a view of the same store; a limit must be positive")
    void withTimeout() {
        Cuttlestore<String> view = store().withTimeout(Duration.ofSeconds(30));
        view.put("k", "v");
        assertThat(store().get("k")).hasValue("v");
        assertThatThrownBy(() -> store().withTimeout(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().withTimeout(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("no message, here or in a cause, shows a stored value")
    void valuesStaySecret() {
        store().put("k", SECRET);
        Cuttlestore<Integer> numbers = connection().store(Integer.class);
        Throwable failure = catchThrowable(() -> numbers.get("k"));
        assertThat(failure).isInstanceOf(UndecodableValueException.class);
        Throwable inBatch = catchThrowable(() -> numbers.getAll(List.of("k")));
        for (Throwable e : List.of(failure, inBatch)) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain(SECRET).doesNotContain("plugh");
            }
        }
        assertThat(store().entry("k").orElseThrow().toString()).doesNotContain("plugh");
    }

    @Test
    @DisplayName(
            "a call with the interrupt flag set works or is StoreInterruptedException; the flag stays set, the store sound")
    void interruptedCalls() {
        store().put("k", "before");
        List<Callable<?>> calls = List.of(
                () -> store().get("k"),
                () -> store().contains("k"),
                () -> {
                    store().put("k", "written");
                    return null;
                },
                () -> store().getAll(List.of("k", "other")),
                () -> {
                    store().delete("other");
                    return null;
                });
        for (Callable<?> call : calls) {
            Thread.currentThread().interrupt();
            Throwable outcome = catchThrowable(call::call);
            boolean flag = Thread.interrupted();
            assertThat(flag).as("the interrupt flag after %s", outcome).isTrue();
            if (outcome != null) {
                assertThat(outcome).isInstanceOf(StoreInterruptedException.class);
            }
        }
        assertThat(store().get("k").orElseThrow()).isIn("before", "written");
        store().put("k", "after");
        assertThat(store().get("k")).hasValue("after");
    }

    @Test
    @DisplayName("interrupts in the middle of calls damage nothing, for the caller or for others")
    void interruptStorm() throws Exception {
        int threads = 3;
        ConcurrentLinkedQueue<Thread> victims = new ConcurrentLinkedQueue<>();
        AtomicInteger working = new AtomicInteger(threads + 1);
        Threads.together(threads + 2, index -> () -> {
            if (index == threads + 1) {
                while (working.get() > 0) {
                    victims.forEach(Thread::interrupt);
                    Thread.onSpinWait();
                    LockSupport.parkNanos(200_000);
                }
                return null;
            }
            try {
                if (index == threads) {
                    for (int i = 0; i < Effort.times(200); i++) {
                        store().put("undisturbed", "v" + i);
                        assertThat(store().get("undisturbed")).hasValue("v" + i);
                    }
                } else {
                    workThroughInterrupts("disturbed" + index, victims);
                }
            } finally {
                working.decrementAndGet();
            }
            return null;
        });
        store().put("after", "v");
        assertThat(store().get("after")).hasValue("v");
    }

    private void workThroughInterrupts(String key, ConcurrentLinkedQueue<Thread> victims) {
        victims.add(Thread.currentThread());
        try {
            String possible = "";
            String certain = "";
            for (int i = 0; i < Effort.times(200); i++) {
                String value = "v" + i;
                try {
                    store().put(key, value);
                    certain = value;
                    possible = value;
                } catch (StoreInterruptedException | OutcomeUnknownException e) {
                    possible = value;
                }
                Thread.interrupted();
                try {
                    assertThat(store().get(key).orElse("")).isIn(certain, possible);
                } catch (StoreInterruptedException e) {
                    assertThat(Thread.interrupted()).as("the flag is restored").isTrue();
                }
            }
        } finally {
            victims.remove(Thread.currentThread());
            Thread.interrupted();
        }
    }

    @Test
    @DisplayName("a failure says what it was about in a sentence, and is a CuttlestoreException or one of the JDK's")
    void refusalsSpeak() {
        Throwable unknownOption = catchThrowable(
                () -> kit.builder(withOption("no-such-option=1")).connect().close());
        assertThat(unknownOption)
                .isInstanceOf(CuttlestoreException.class)
                .hasMessageContaining("no-such-option")
                .hasMessageContaining("timeout");
        Throwable typo = catchThrowable(
                () -> kit.builder(withOption("timeuot=1s")).connect().close());
        assertThat(typo).hasMessageContaining("did you mean 'timeout'");
    }

    /** In front of all others: what follows a password is not repeated, since it may be a part of it. */
    private String withOption(String option) {
        int options = url().indexOf('?') + 1;
        return options == 0
                ? url() + "?" + option
                : url().substring(0, options) + option + "&" + url().substring(options);
    }
}
