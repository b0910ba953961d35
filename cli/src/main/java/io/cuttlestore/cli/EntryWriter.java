package io.cuttlestore.cli;

import io.cuttlestore.AsyncCuttlestore;
import io.cuttlestore.Cuttlestore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Writes entries that have a deadline each. A {@code putAll} has one for all of its entries, so a batch is cut into groups
 * of one deadline, which are written side by side. Thread-safe.
 */
final class EntryWriter {
    private final AsyncCuttlestore<byte[]> target;

    EntryWriter(Cuttlestore<byte[]> target) {
        this.target = target.async();
    }

    /** Writes them all and waits until every write has ended; of entries with the same key, the last counts. */
    void write(Collection<PortableEntry> entries) {
        List<CompletableFuture<Void>> writes = groups(entries).stream()
                .map(group -> target.putAll(values(group), group.get(0).options()))
                .toList();
        Futures.await(writes);
    }

    private static Collection<List<PortableEntry>> groups(Collection<PortableEntry> entries) {
        Map<String, PortableEntry> last = new LinkedHashMap<>();
        entries.forEach(entry -> last.put(entry.key(), entry));
        Map<Optional<Instant>, List<PortableEntry>> groups = new HashMap<>();
        last.values()
                .forEach(entry -> groups.computeIfAbsent(entry.expiresAt(), deadline -> new ArrayList<>())
                        .add(entry));
        return groups.values();
    }

    private static Map<String, byte[]> values(List<PortableEntry> group) {
        Map<String, byte[]> values = new LinkedHashMap<>();
        group.forEach(entry -> values.put(entry.key(), entry.value()));
        return values;
    }
}
