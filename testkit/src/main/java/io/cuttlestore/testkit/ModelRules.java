package io.cuttlestore.testkit;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Cuttlestore;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Random sequences of operations against a model. They run in JUnit's own lifecycle, so that what a subclass sets up before is there. */
abstract class ModelRules extends Rules {
    private static final int SEQUENCES = 60;
    private static final int STEPS = 60;

    ModelRules(CuttlestoreKit kit) {
        super(kit);
    }

    @Test
    @DisplayName("any sequence of operations, with time passing and reopening, does what it does to a map")
    void anySequence() {
        RandomSequences sequences = new RandomSequences(new Subject());
        Effort.seeded(seed -> sequences.check(seed, Effort.times(SEQUENCES), STEPS));
    }

    private final class Subject implements ModelSubject {
        @Override
        public Cuttlestore<String> view(String namespace) {
            return connection().store(namespace, String.class);
        }

        @Override
        public void reopen() {
            ModelRules.this.reopen();
        }

        @Override
        public Capabilities capabilities() {
            return declared();
        }

        @Override
        public Optional<FakeClock> clock() {
            return clockIsFake() ? Optional.of(clock) : Optional.empty();
        }
    }
}
