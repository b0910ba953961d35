package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreUnavailableException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A store whose calls are recorded")
class RecordingStoreTest {
    private final History history = new History();

    static Stream<Consumer<RecordingStore>> calls() {
        return Stream.of(
                store -> store.get("k"),
                store -> store.put("k", "v"),
                store -> store.getAll(List.of("k")),
                store -> store.putAll(Map.of("k", "v")));
    }

    private void call(Consumer<RecordingStore> call, Supplier<CuttlestoreException> failure) {
        FaultPlan plan = new FaultPlan().failAt(1, failure);
        try (Cuttlestore<String> store =
                Cuttlestore.builder("in-memory").layer(plan).open(String.class)) {
            call.accept(new RecordingStore(store, history));
        }
        assertThat(plan.injected()).isOne();
    }

    @ParameterizedTest
    @MethodSource("calls")
    @DisplayName("leaves no trace of a call that may work next time")
    void mayWorkNextTime(Consumer<RecordingStore> call) {
        call(call, () -> new StoreUnavailableException("planted"));
        assertThat(history.operations()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("calls")
    @DisplayName("does not pass over a failure that no lost trip explains")
    void failsForGood(Consumer<RecordingStore> call) {
        assertThatThrownBy(() -> call(call, () -> new StoreFailedException("planted")))
                .hasStackTraceContaining("planted");
    }
}
