package io.cuttlestore.reliability.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Cuttlestore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Whoever watches the deadlines of a store")
class WardTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Cuttlestore<String> store = Cuttlestore.open("in-memory:", String.class);
    private long shift;
    private Ward ward;

    @BeforeEach
    void watch(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("offset");
        WallClock.create(file);
        ward = new Ward("in-memory", store, () -> shift, 3, WallClock.map(file));
        ward.put("key", "value", HOUR);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    @DisplayName("finds nothing wrong in time")
    void inTime() {
        ward.check();
        ward.touch("key", HOUR.multipliedBy(2));
        ward.putIfAbsent("key", "another", HOUR);
        ward.check();
        assertThat(ward.decided()).isEqualTo(4);
    }

    @Test
    @DisplayName("notices what is there after its deadline")
    void late() {
        shift = HOUR.toMillis() + 100;
        assertThatThrownBy(ward::check).isInstanceOf(AssertionError.class).hasMessageContaining("after its deadline");
        assertThatThrownBy(() -> ward.touch("key", HOUR)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("notices what is lost before it")
    void early() {
        store.delete("key");
        assertThatThrownBy(ward::check).isInstanceOf(AssertionError.class).hasMessageContaining("lost");
        assertThatThrownBy(() -> ward.putIfAbsent("key", "another", HOUR)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("notices another value")
    void wrong() {
        store.put("key", "another");
        assertThatThrownBy(ward::check).isInstanceOf(AssertionError.class).hasMessageContaining("instead of");
    }
}
