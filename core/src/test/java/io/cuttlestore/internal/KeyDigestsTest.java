package io.cuttlestore.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyDigestsTest {
    @Test
    void eachKeyIsNewOnce() {
        KeyDigests digests = new KeyDigests();
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 10_000; i++) {
                assertThat(digests.add("key" + i)).isEqualTo(round == 0);
            }
        }
    }
}
