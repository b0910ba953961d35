package io.cuttlestore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.StoreFailedException;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.ScanRequest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeyRangeTest {
    private final KeyRange range =
            KeyRange.of(new ScanRequest("k", null, 10, true, Deadline.NONE), KeyRange.positionOf(utf8("k5")));

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aScanGoesOnBehindItsLastKey() {
        assertThat(range.positionBehind(utf8("k6"))).isEqualTo(KeyRange.positionOf(utf8("k6")));
    }

    @Test
    void aScanNeverGoesBack() {
        assertThatThrownBy(() -> range.positionBehind(utf8("k4"))).isInstanceOf(StoreFailedException.class);
        assertThatThrownBy(() -> range.positionBehind(utf8("k5"))).isInstanceOf(StoreFailedException.class);
    }
}
