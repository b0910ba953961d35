package io.cuttlestore.examples.backend;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.ClockSource;
import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.Durability;
import io.cuttlestore.Limits;
import io.cuttlestore.Traits;
import io.cuttlestore.TripCost;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.LoopingBackend;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Entries as the properties of one file, which each write writes anew: for a handful of small entries that people want
 * to look at.
 *
 * <p>Readers see a map that never changes; writers, one at a time, put another in its place once the file is written.
 */
final class PropertiesBackend extends LoopingBackend {
    private static final Logger LOG = System.getLogger("io.cuttlestore.properties");
    private static final int MAX_VALUE_BYTES = 1 << 20;

    private final PropertiesFile file;
    private final InstantSource clock;
    private volatile NavigableMap<String, String> properties;
    private volatile boolean closed;

    private PropertiesBackend(PropertiesFile file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.properties = file.read();
    }

    static PropertiesBackend open(Path path, InstantSource clock) {
        PropertiesFile file = PropertiesFile.open(path);
        try {
            return new PropertiesBackend(file, clock);
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    // @start region="capabilities"
    @Override
    public Capabilities capabilities() {
        Traits traits = new Traits(
                "properties", "java.util.Properties", Durability.PROCESS, ClockSource.CLIENT, TripCost.CHEAP, false);
        return Capabilities.builder(traits, Limits.ofValues(MAX_VALUE_BYTES))
                .natively(Capability.SCAN, Capability.EXACT_SCAN, Capability.NO_EVICTION)
                .emulated(Capability.CONDITIONAL, Capability.TTL)
                .build();
    }
    // @end

    // @start region="operations"
    @Override
    public @Nullable Stored get(Get get) {
        Property live = live(get.key().stored());
        return live == null ? null : live.stored();
    }

    @Override
    public synchronized boolean put(Put put) {
        String key = put.key().stored();
        Property current = put.condition() == Condition.ALWAYS ? liveUnlessForeign(key) : live(key);
        if (!holds(put.condition(), current)) {
            return false;
        }
        write(key, put.expiry(), current, deadline -> Property.of(put.payload(), deadline));
        return true;
    }

    @Override
    public synchronized DeleteResult delete(Delete delete) {
        String key = delete.key().stored();
        boolean whatever = delete.condition() == Condition.ALWAYS && !delete.wantsOld();
        Property current = whatever ? liveUnlessForeign(key) : live(key);
        if (!properties.containsKey(key) || !holds(delete.condition(), current)) {
            return DeleteResult.NONE;
        }
        commit(map -> map.remove(key));
        if (current == null) {
            return DeleteResult.NONE;
        }
        return delete.wantsOld() ? new DeleteResult(true, current.stored()) : DeleteResult.DELETED;
    }

    @Override
    public synchronized boolean touch(Touch touch) {
        String key = touch.key().stored();
        Property current = live(key);
        if (current == null) {
            return false;
        }
        write(key, touch.expiry(), current, deadline -> new Property(current.version(), deadline, current.base64()));
        return true;
    }
    // @end

    private static boolean holds(Condition condition, @Nullable Property current) {
        if (condition instanceof Condition.IfVersion wanted) {
            return current != null && current.version().equals(wanted.token());
        }
        return condition == Condition.ALWAYS || current == null;
    }

    /** Writes what is made for the deadline, or nothing if that is past. */
    private void write(String key, Expiry expiry, @Nullable Property current, PropertyMaker maker) {
        long now = clock.millis();
        long deadline = expiry.deadline(now, current == null ? Stored.NEVER : current.expiresAt());
        if (deadline > now) {
            String text = maker.at(deadline).toString();
            commit(map -> map.put(key, text));
        } else {
            commit(map -> map.remove(key));
        }
    }

    private interface PropertyMaker {
        Property at(long deadline);
    }

    /** The entry, unless it has expired; what is no entry is an error. */
    private @Nullable Property live(String key) {
        if (isForeign(key)) {
            throw new CorruptEntryException(
                    "the property '" + key + "' of " + location() + " is no entry; it is left as it is");
        }
        return liveUnlessForeign(key);
    }

    /** As {@link #live}, for where what is no entry is skipped, overwritten or deleted. */
    private @Nullable Property liveUnlessForeign(String key) {
        requireOpen();
        String text = properties.get(key);
        Property property = text == null ? null : Property.parse(text);
        return property == null || property.expiresAt() <= clock.millis() ? null : property;
    }

    private boolean isForeign(String key) {
        String text = properties.get(key);
        return text != null && Property.parse(text) == null;
    }

    private void commit(Consumer<Map<String, String>> change) {
        NavigableMap<String, String> changed = new TreeMap<>(properties);
        change.accept(changed);
        file.write(changed);
        properties = changed;
    }

    // @start region="page"
    @Override
    public ScanPage page(ScanRequest request) {
        requireOpen();
        List<ScanEntry> entries = new ArrayList<>();
        for (String key : keysFrom(request)) {
            if (!key.startsWith(request.prefix())) {
                break;
            }
            if (entries.size() == request.pageSize()) {
                return new ScanPage(entries, entries.get(entries.size() - 1).key());
            }
            Property entry = liveUnlessForeign(key);
            if (entry != null) {
                entries.add(new ScanEntry(key, entry.stored()));
            } else if (isForeign(key)) {
                LOG.log(Level.WARNING, "the property {0} of {1} is no entry; it is left as it is", key, location());
            }
        }
        return new ScanPage(entries, null);
    }
    // @end

    private Iterable<String> keysFrom(ScanRequest request) {
        String last = request.cursor();
        NavigableMap<String, String> map = properties;
        return last == null
                ? map.navigableKeySet().tailSet(request.prefix(), true)
                : map.navigableKeySet().tailSet(last, false);
    }

    @Override
    public synchronized @Nullable String clear(ScanRequest request) {
        ScanPage page = page(request);
        remove(page.entries().stream().map(ScanEntry::key).toList());
        return page.next();
    }

    @Override
    public synchronized int deleteExpired(int max, Deadline deadline) {
        requireOpen();
        long now = clock.millis();
        List<String> expired = properties.entrySet().stream()
                .filter(each -> hasExpired(each.getValue(), now))
                .map(Map.Entry::getKey)
                .limit(max)
                .toList();
        remove(expired);
        return expired.size();
    }

    private static boolean hasExpired(String text, long now) {
        Property property = Property.parse(text);
        return property != null && property.expiresAt() <= now;
    }

    private void remove(List<String> keys) {
        if (!keys.isEmpty()) {
            commit(map -> map.keySet().removeAll(keys));
        }
    }

    @Override
    public String storeId() {
        return UUID.nameUUIDFromBytes(location().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    @Override
    public String location() {
        return "properties://" + file;
    }

    @Override
    public void ping(Deadline deadline) {
        requireOpen();
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return null;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            file.close();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(location() + " is closed");
        }
    }
}
