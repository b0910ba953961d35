package io.cuttlestore.testkit;

import org.junit.jupiter.api.DisplayName;

/** The in-memory backend when it encodes every value instead of keeping immutable ones as they are. */
@DisplayName("in-memory, copy=always")
class InMemoryCopyingKitTest extends InMemoryKitTest {
    @Override
    protected String freshStore() {
        return super.freshStore() + "?copy=always";
    }
}
