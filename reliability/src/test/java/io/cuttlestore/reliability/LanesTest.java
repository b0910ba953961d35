package io.cuttlestore.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Lanes of trials")
class LanesTest {
    private final CyclicBarrier two = new CyclicBarrier(2);
    private final AtomicInteger atWork = new AtomicInteger();

    private static Trial trial(String name) {
        return new Trial(name, "all is well", 1, 1, site -> seed -> {});
    }

    private Outcome carryOut(Trial trial) throws Exception {
        int others = atWork.getAndIncrement();
        if (trial.alone()) {
            assertThat(others).isZero();
        } else {
            two.await(10, TimeUnit.SECONDS);
        }
        atWork.decrementAndGet();
        return new Outcome(trial.name(), trial.passes(), 1, 42, 0, Map.of(), null, null);
    }

    @Test
    @DisplayName("carry out two side by side, and those that must be alone afterwards one by one")
    void lanes() throws Exception {
        List<Trial> trials = List.of(
                trial("leaks").byItself(),
                trial("kill"),
                trial("rot"),
                trial("soak").byItself());
        assertThat(Lanes.carryOut(trials, this::carryOut))
                .extracting(Outcome::trial)
                .containsExactlyInAnyOrder("kill", "rot", "leaks", "soak");
    }
}
