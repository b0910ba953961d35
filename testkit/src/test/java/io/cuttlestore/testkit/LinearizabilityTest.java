package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.testkit.History.Operation;
import io.cuttlestore.testkit.Linearizability.Decision;
import io.cuttlestore.testkit.Linearizability.Verdict;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The linearizability checker")
class LinearizabilityTest {
    private final History history = new History();

    private void put(String value, long from, long to) {
        history.add("k", "put", from, to, new Effect.Write(Optional.of(value)));
    }

    private void lostPut(String value, long from) {
        history.addUnknown("k", "put", from, new Effect.Write(Optional.of(value)));
    }

    /** A read that saw this value, or nothing if it is empty. */
    private void get(String value, long from, long to) {
        Optional<String> seen = Optional.of(value).filter(text -> !text.isEmpty());
        history.add("k", "get", from, to, Effect.found(seen));
    }

    private void getAndDelete(String value, long from, long to) {
        Optional<String> taken = Optional.of(value).filter(text -> !text.isEmpty());
        history.add("k", "take", from, to, new Effect.Swap(taken, Optional.empty()));
    }

    private void replace(String old, String value, boolean won, long from, long to) {
        Effect effect = won ? new Effect.Swap(Optional.of(old), Optional.of(value)) : new Effect.Miss(Optional.of(old));
        history.add("k", "replace", from, to, effect);
    }

    private void assertLinearizable() {
        assertThat(Linearizability.judge(history).decision()).isEqualTo(Decision.LINEARIZABLE);
    }

    private void assertViolated() {
        assertThat(Linearizability.judge(history).decision()).isEqualTo(Decision.VIOLATED);
    }

    @Test
    @DisplayName("accepts the empty history and one after the other")
    void sequential() {
        assertLinearizable();
        get("", 0, 1);
        put("a", 2, 3);
        get("a", 4, 5);
        getAndDelete("a", 6, 7);
        get("", 8, 9);
        assertLinearizable();
    }

    @Test
    @DisplayName("accepts either order of what overlaps")
    void overlapping() {
        put("a", 0, 10);
        put("b", 0, 10);
        get("a", 20, 30);
        get("a", 20, 30);
        assertLinearizable();
    }

    @Test
    @DisplayName("accepts a read that overlaps a write and sees it early")
    void earlyRead() {
        put("a", 0, 100);
        get("a", 10, 20);
        get("a", 30, 40);
        assertLinearizable();
    }

    @Test
    @DisplayName("accepts a write that could be the first, where it changes nothing, and was not")
    void lateDelete() {
        history.add("k", "delete", 0, 100, new Effect.Write(Optional.empty()));
        put("a", 10, 20);
        get("a", 30, 40);
        get("", 50, 60);
        assertLinearizable();
    }

    @Test
    @DisplayName("rejects a read that no longer sees what an earlier one saw")
    void newOldInversion() {
        put("a", 0, 1);
        put("b", 10, 100);
        get("b", 20, 30);
        get("a", 40, 50);
        assertViolated();
    }

    @Test
    @DisplayName("rejects a stale read after a write has returned")
    void staleRead() {
        put("a", 0, 10);
        put("b", 20, 30);
        get("a", 40, 50);
        assertViolated();
    }

    @Test
    @DisplayName("rejects a lost update: two conditional writes that won on one value")
    void lostUpdate() {
        put("a", 0, 10);
        replace("a", "b", true, 20, 40);
        replace("a", "c", true, 20, 40);
        assertViolated();
    }

    @Test
    @DisplayName("accepts one winner and one loser, and rejects two losers")
    void winners() {
        put("a", 0, 10);
        replace("a", "b", true, 20, 40);
        replace("a", "c", false, 20, 40);
        assertLinearizable();
        replace("b", "d", false, 50, 60);
        assertViolated();
    }

    @Test
    @DisplayName("rejects a value that was taken twice")
    void takenTwice() {
        put("a", 0, 10);
        getAndDelete("a", 20, 40);
        getAndDelete("a", 20, 40);
        assertViolated();
    }

    @Test
    @DisplayName("rejects a value that nobody wrote, or that was read before it was written")
    void outOfThinAir() {
        get("a", 0, 1);
        put("a", 2, 3);
        assertViolated();
    }

    @Test
    @DisplayName("rejects two readers who saw two writes in different orders")
    void disagreeingReaders() {
        put("a", 0, 100);
        put("b", 0, 100);
        get("a", 10, 20);
        get("b", 30, 40);
        get("a", 50, 60);
        assertViolated();
    }

    @Test
    @DisplayName("an operation of unknown outcome may have happened, at any later time, or not at all")
    void unknownOutcomes() {
        put("a", 0, 1);
        lostPut("b", 2);
        get("a", 10, 11);
        assertLinearizable();
        get("b", 20, 21);
        assertLinearizable();
    }

    @Test
    @DisplayName("an operation of unknown outcome happens once at most, and not before it began")
    void unknownOutcomesHappenOnce() {
        put("a", 0, 1);
        lostPut("b", 2);
        get("b", 10, 11);
        put("c", 12, 13);
        get("b", 14, 15);
        assertViolated();
    }

    @Test
    @DisplayName("an operation of unknown outcome does not explain what was seen before it")
    void unknownOutcomesHaveABeginning() {
        get("b", 0, 1);
        lostPut("b", 2);
        assertViolated();
    }

    @Test
    @DisplayName("registers are judged one by one, and the message names the bad one")
    void perKey() {
        put("a", 0, 1);
        history.add("other", "get", 2, 3, Effect.found(Optional.of("b")));
        assertThat(Linearizability.judge(history).why()).contains("'other'").contains("get +b>+b");
    }

    @Test
    @DisplayName("gives up after a while, and says so")
    void undecided() {
        for (int i = 0; i < 20; i++) {
            put("v" + i, 0, 100);
        }
        get("nobody's", 200, 201);
        Verdict verdict = Linearizability.judge(history, 1_000);
        assertThat(verdict.decision()).isEqualTo(Decision.UNDECIDED);
        assertThatThrownBy(verdict::require).isInstanceOf(AssertionError.class).hasMessageContaining("undecided");
    }

    @Test
    @DisplayName("is as sure of what another process has told in text")
    void text() {
        String hard = "a >+!-%\n\u00e9";
        put(hard, 0, 1);
        replace(hard, "", false, 2, 3);
        lostPut("c", 4);
        history.add("k", "contains", 5, 6, new Effect.Miss(Optional.empty()));
        replace(hard, "", true, 5, 6);
        getAndDelete("", 7, 8);
        History told = new History();
        history.operations().stream().map(Operation::line).map(Operation::parse).forEach(told::add);
        assertThat(told.operations()).isEqualTo(history.operations());
    }

    @Test
    @DisplayName("judges long histories with much overlap, and finds one wrong read in them")
    void longHistories() {
        Random random = new Random(1);
        AtomicReference<String> register = new AtomicReference<>("");
        for (int i = 0; i < 5_000; i++) {
            long moment = i * 10L;
            long from = moment - random.nextInt(40);
            long to = moment + random.nextInt(40);
            if (random.nextInt(3) == 0) {
                register.set("v" + i);
                put("v" + i, from, to);
            } else {
                get(register.get(), from, to);
            }
        }
        assertLinearizable();
        get("v0 that nobody wrote", 20_000, 20_010);
        assertViolated();
    }
}
