package io.cuttlestore.reliability;

import java.io.IOException;

/**
 * A way to torment a store, attempted many times, each time with a seed of its own.
 *
 * @param name what it does to which store: {@code kill-sqlite}
 * @param passes when an attempt passes, for people
 * @param attempts how many a whole run makes
 * @param attemptsWhenQuick how many a short run makes
 * @param alone whether no other goes on beside it, since it measures the process or what a moment's delay would change
 * @param ground sets up what the attempts need
 */
public record Trial(String name, String passes, int attempts, int attemptsWhenQuick, boolean alone, Ground ground) {

    /** One that others may go on beside. */
    public Trial(String name, String passes, int attempts, int attemptsWhenQuick, Ground ground) {
        this(name, passes, attempts, attemptsWhenQuick, false, ground);
    }

    /** The same, with no other beside it. */
    public Trial byItself() {
        return new Trial(name, passes, attempts, attemptsWhenQuick, true, ground);
    }

    /** Sets up what the attempts of a trial share, such as a server. */
    @FunctionalInterface
    public interface Ground {
        /**
         * Sets it up.
         *
         * @throws LeftOutException if this machine can't do it
         */
        Session prepare(Site site) throws Exception;
    }

    /** What the attempts of a trial share. */
    @FunctionalInterface
    public interface Session extends AutoCloseable {
        /**
         * Attempts once.
         *
         * @param seed decides all that is random about it
         * @throws AssertionError or whatever else, if the store did not survive
         */
        void attempt(long seed) throws Exception;

        @Override
        default void close() throws IOException {}
    }
}
