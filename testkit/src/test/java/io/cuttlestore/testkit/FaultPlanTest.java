package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A plan of random faults")
class FaultPlanTest {
    private static final int COMMANDS = 10_000;

    private static List<Integer> faulty(FaultPlan plan) {
        List<Integer> faulty = new ArrayList<>();
        for (int i = 0; i < COMMANDS; i++) {
            if (plan.next() != null) {
                faulty.add(i);
            }
        }
        return faulty;
    }

    @Test
    @DisplayName("is decided by its seed, and spoils as many commands as was asked for")
    void seed() {
        FaultPlan plan = new FaultPlan().randomly(7, 10);
        List<Integer> faulty = faulty(plan);
        assertThat(faulty)
                .hasSizeBetween(COMMANDS / 12, COMMANDS / 8)
                .isEqualTo(faulty(new FaultPlan().randomly(7, 10)));
        assertThat(faulty).isNotEqualTo(faulty(new FaultPlan().randomly(8, 10)));
        assertThat(plan.injected()).isEqualTo(faulty.size());
    }

    @Test
    @DisplayName("spoils nothing any more when it is calm")
    void calm() {
        FaultPlan plan = new FaultPlan().randomly(7, 10);
        plan.calm();
        assertThat(faulty(plan)).isEmpty();
    }
}
