package io.cuttlestore.testkit;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What an operation with a known result found in its register and what it left there; of one with an unknown result, what
 * it does if it takes place. Its text, which can be {@linkplain #parse read}, has {@code +v} for the value v and {@code -}
 * for none. Immutable.
 */
public sealed interface Effect {
    /** Whether the operation can have had its result in a register with this state. */
    boolean isPossible(Optional<String> state);

    /** What it leaves of a state in which it is possible. */
    Optional<String> leaves(Optional<String> state);

    /** Whether it leaves what it finds, whatever that is. */
    boolean isRead();

    /** What a read does that found this. */
    static Effect found(Optional<String> value) {
        return new Swap(value, value);
    }

    /** Reads the text form. */
    static Effect parse(String text) {
        if (text.startsWith("!")) {
            return new Miss(state(text.substring(1)));
        }
        int arrow = text.indexOf('>');
        Optional<String> to = state(text.substring(arrow + 1));
        return arrow == 0 ? new Write(to) : new Swap(state(text.substring(0, arrow)), to);
    }

    /** Leaves something, whatever was there: {@code >+v}. */
    record Write(Optional<String> to) implements Effect {
        @Override
        public boolean isPossible(Optional<String> state) {
            return true;
        }

        @Override
        public Optional<String> leaves(Optional<String> state) {
            return to;
        }

        @Override
        public boolean isRead() {
            return false;
        }

        @Override
        public String toString() {
            return ">" + text(to);
        }
    }

    /** Found something and left something, the same perhaps: {@code +v>-}. */
    record Swap(Optional<String> from, Optional<String> to) implements Effect {
        @Override
        public boolean isPossible(Optional<String> state) {
            return state.equals(from);
        }

        @Override
        public Optional<String> leaves(Optional<String> state) {
            return to;
        }

        @Override
        public boolean isRead() {
            return from.equals(to);
        }

        @Override
        public String toString() {
            return text(from) + ">" + text(to);
        }
    }

    /** Found something other than this, and left it: {@code !+v}. */
    record Miss(Optional<String> other) implements Effect {
        @Override
        public boolean isPossible(Optional<String> state) {
            return !state.equals(other);
        }

        @Override
        public Optional<String> leaves(Optional<String> state) {
            return state;
        }

        @Override
        public boolean isRead() {
            return true;
        }

        @Override
        public String toString() {
            return "!" + text(other);
        }
    }

    private static String text(Optional<String> state) {
        return state.map(value -> "+" + URLEncoder.encode(value, StandardCharsets.UTF_8))
                .orElse("-");
    }

    private static Optional<String> state(String text) {
        return text.equals("-")
                ? Optional.empty()
                : Optional.of(URLDecoder.decode(text.substring(1), StandardCharsets.UTF_8));
    }
}
