package io.cuttlestore.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A scan")
class ScanTest {
    @Test
    @DisplayName("that is told to drop repeats drops them and nothing else, in parallel too")
    void distinctInParallel() {
        Map<String, Integer> entries = new TreeMap<>();
        for (int i = 0; i < 50_000; i++) {
            entries.put("key" + i, i);
        }
        try (Cuttlestore<Integer> store =
                Cuttlestore.builder("in-memory").layer(Repeating::new).open(Integer.class)) {
            store.putAll(entries);
            try (Stream<String> keys =
                    store.keys(ScanOptions.all().pageSize(5_000).distinct())) {
                assertThat(keys.parallel().sorted().toList()).isEqualTo(List.copyOf(entries.keySet()));
            }
        }
    }

    /** Shows every entry of a page twice. */
    private static final class Repeating extends BackendLayer {
        Repeating(Backend inner) {
            super(inner);
        }

        @Override
        public Capabilities capabilities() {
            Capabilities exact = inner().capabilities();
            return Capabilities.builder(exact.traits(), exact.limits())
                    .natively(Capability.SCAN)
                    .build();
        }

        @Override
        public <R extends @Nullable Object> R execute(Command<R> command) {
            return inner().execute(command);
        }

        @Override
        public void executeAll(List<? extends Call<?>> calls) {
            inner().executeAll(calls);
        }

        @Override
        public ScanPage page(ScanRequest request) {
            ScanPage page = inner().page(request);
            List<ScanEntry> twice = Stream.concat(page.entries().stream(), page.entries().stream())
                    .toList();
            return new ScanPage(twice, page.next());
        }
    }
}
