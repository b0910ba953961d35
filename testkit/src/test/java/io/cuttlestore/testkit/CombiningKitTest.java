package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** A backend keeps the contract when the trips to it are so dear that whoever meets is combined. */
@DisplayName("naive, crowded")
class CombiningKitTest extends NaiveKitTest {
    private static final int MANY = 500;

    @Override
    protected String freshStore() {
        return super.freshStore() + "?crowded=true";
    }

    /** The concurrent rules once more, with a look at whether callers were combined. */
    @Nested
    @DisplayName("Concurrency, combined for sure")
    class Combined extends ConcurrencyRules {
        Combined() {
            super(CombiningKitTest.this);
        }

        @BeforeAll
        static void count() {
            CrowdedBackend.BATCHES.set(0);
        }

        @AfterAll
        static void combined() {
            assertThat(CrowdedBackend.BATCHES).hasValueGreaterThan(MANY);
        }
    }
}
