package io.cuttlestore.reliability.crash;

import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.reliability.Tally;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a store keeps of the steps of a {@link Script} whose thread came to a sudden end. */
enum Promise {
    /** All that was acknowledged, and of the next step what it would have done to a key, or not. */
    NOTHING_IS_LOST {
        @Override
        void require(Cuttlestore<String> store, Script script, int acknowledged, Tally tally) {
            int kept = kept(store, script, acknowledged, acknowledged);
            tally.count("acknowledged writes", acknowledged);
            tally.count("writes under way that took place", kept - acknowledged);
        }
    },

    /** What was written last may be missing, but no step before one that is there. */
    A_SUFFIX_IS_LOST {
        @Override
        void require(Cuttlestore<String> store, Script script, int acknowledged, Tally tally) {
            int kept = kept(store, script, 0, acknowledged);
            tally.count("writes at durability=process", acknowledged);
            tally.count("of these lost by SQLite", Math.max(0, acknowledged - kept));
        }
    },

    /** Each key has a value that it had once, or can't be read, and says so. */
    EACH_KEY_GOES_BACK {
        @Override
        void require(Cuttlestore<String> store, Script script, int acknowledged, Tally tally) {
            Map<String, Optional<String>> found = new HashMap<>();
            for (String key : script.keys()) {
                try {
                    found.put(key, store.get(key));
                } catch (CorruptEntryException e) {
                    tally.count("files unreadable, and told to be");
                }
            }
            Set<String> unexplained = new HashSet<>(found.keySet());
            unexplained.retainAll(script.differences(found));
            for (int made = 0; made <= acknowledged; made++) {
                script.skip();
                unexplained.retainAll(script.differences(found));
            }
            if (!unexplained.isEmpty()) {
                throw new AssertionError(unexplained + " have what no step has written");
            }
            tally.count("writes at durability=process", acknowledged);
        }
    };

    /**
     * Compares.
     *
     * @param script from its beginning
     * @param acknowledged how many steps were
     */
    abstract void require(Cuttlestore<String> store, Script script, int acknowledged, Tally tally);

    /** The most steps, not fewer than some, that leave what is there; one more may have been made on some of its keys. */
    private static int kept(Cuttlestore<String> store, Script script, int fewest, int most) {
        Map<String, Optional<String>> found = new HashMap<>();
        script.keys().forEach(key -> found.put(key, store.get(key)));
        for (int i = 0; i < fewest; i++) {
            script.skip();
        }
        int kept = -1;
        Set<String> before = script.differences(found);
        Set<String> atFirst = before;
        for (int made = fewest; made <= most; made++) {
            script.skip();
            Set<String> after = script.differences(found);
            if (before.stream().noneMatch(after::contains)) {
                kept = after.isEmpty() ? made + 1 : made;
            }
            before = after;
        }
        if (kept < 0) {
            throw new AssertionError(
                    "no number of steps from " + fewest + " to " + most + " leaves what is there; after " + fewest
                            + " different are " + atFirst + ", in the end " + before);
        }
        return kept;
    }
}
