package io.cuttlestore.reliability.soak;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What a key may hold, as far as its only writer can know: writes may have lost their replies. Not thread-safe. */
final class Belief {
    private Set<Holding> possible = Set.of(Holding.NOTHING);

    /**
     * A moment at which something was done.
     *
     * @param begin the millisecond before
     * @param end the millisecond after
     */
    record Moment(long begin, long end) {}

    /**
     * A value, or none, and how long it lasts.
     *
     * @param thereUntil the millisecond before which it has certainly not expired
     * @param goneFrom the millisecond from which on it certainly has
     */
    record Holding(Optional<String> value, long thereUntil, long goneFrom) {
        static final Holding NOTHING = new Holding(Optional.empty(), Long.MAX_VALUE, Long.MAX_VALUE);

        /** The clocks of the store and of its writer, and their rounding. */
        private static final long TOLERANCE_MILLIS = 20;

        static Holding forEver(String value) {
            return new Holding(Optional.of(value), Long.MAX_VALUE, Long.MAX_VALUE);
        }

        /** What was given so long to live at this moment. */
        Holding lasting(long millis, Moment moment) {
            return new Holding(
                    value, moment.begin() + millis - TOLERANCE_MILLIS, moment.end() + millis + TOLERANCE_MILLIS);
        }

        /** Another value with the same deadline. */
        Holding with(String other) {
            return new Holding(Optional.of(other), thereUntil, goneFrom);
        }

        boolean mayBeThere(Moment moment) {
            return value.isPresent() && moment.begin() < goneFrom;
        }

        boolean mayBeAbsent(Moment moment) {
            return value.isEmpty() || moment.end() >= thereUntil;
        }
    }

    /** What the key may hold. */
    List<Holding> possible() {
        return List.copyOf(possible);
    }

    /** It certainly holds one of these. */
    void become(List<Holding> holdings) {
        possible = new LinkedHashSet<>(holdings);
    }

    /** Or it holds one of these: nobody knows. */
    void mayBecome(List<Holding> holdings) {
        Set<Holding> more = new LinkedHashSet<>(possible);
        more.addAll(holdings);
        possible = more;
    }

    /**
     * A value was found, or none.
     *
     * @throws AssertionError if that can't be
     */
    void found(Optional<String> value, Moment moment) {
        if (value.isEmpty()) {
            foundNone(moment);
        } else {
            narrow(holding -> holding.value().equals(value) && holding.mayBeThere(moment), "'" + value.get() + "'");
        }
    }

    /** Some value was found. */
    void foundSome(Moment moment) {
        narrow(holding -> holding.mayBeThere(moment), "a value");
    }

    /** No value was found. */
    void foundNone(Moment moment) {
        narrow(holding -> holding.mayBeAbsent(moment), "nothing");
        possible = Set.of(Holding.NOTHING);
    }

    private void narrow(Predicate<Holding> fits, String found) {
        Set<Holding> left = new LinkedHashSet<>(possible);
        left.removeIf(fits.negate());
        if (left.isEmpty()) {
            throw new AssertionError("there was " + found + ", where there should have been one of " + possible);
        }
        possible = left;
    }
}
