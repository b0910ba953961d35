package io.cuttlestore.reliability.syscalls;

import io.cuttlestore.Cuttlestore;
import java.util.Map;

/**
 * One call on a store.
 *
 * @param name for people
 * @param changes what it makes of what is under each key that it concerns
 * @param isAtomic whether a failure that promises that nothing was done speaks of all keys
 * @param call carries it out
 */
record Step(String name, Map<String, Change> changes, boolean isAtomic, Call call) {

    /** What a call makes of what is under a key, by the names of values. */
    @FunctionalInterface
    interface Change {
        Change NONE = before -> before;

        String after(String before);
    }

    /** What a reply tells about what was under a key. */
    @FunctionalInterface
    interface Sight {
        boolean fits(String before);

        static Sight of(boolean present) {
            return before -> !before.equals(Values.ABSENT) == present;
        }

        static Sight of(String name) {
            return name::equals;
        }
    }

    /** A call, which replies what it has seen by key. */
    @FunctionalInterface
    interface Call {
        Map<String, Sight> on(Cuttlestore<String> store) throws Exception;
    }
}
