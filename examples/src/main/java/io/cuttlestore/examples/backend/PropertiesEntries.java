package io.cuttlestore.examples.backend;

import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Operations;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The operations of the contract on a map of properties. Not thread-safe. */
final class PropertiesEntries implements Operations {
    private static final Logger LOG = System.getLogger("io.cuttlestore.properties");

    private final NavigableMap<String, String> properties;
    private final InstantSource clock;

    PropertiesEntries(NavigableMap<String, String> properties, InstantSource clock) {
        this.properties = properties;
        this.clock = clock;
    }

    /** The same entries, to be changed apart from these. */
    PropertiesEntries copy() {
        return new PropertiesEntries(new TreeMap<>(properties), clock);
    }

    Map<String, String> properties() {
        return properties;
    }

    // @start region="operations"
    @Override
    public @Nullable Stored get(Get get) {
        return live(get.key().stored());
    }

    @Override
    public boolean put(Put put) {
        String key = put.key().stored();
        Property current = put.condition() == Condition.ALWAYS ? liveUnlessForeign(key) : live(key);
        if (!holds(put.condition(), current)) {
            return false;
        }
        long deadline = put.expiry().deadline(clock.millis(), current == null ? Stored.NEVER : current.expiresAt());
        write(key, Property.of(put.payload(), deadline));
        return true;
    }

    @Override
    public DeleteResult delete(Delete delete) {
        String key = delete.key().stored();
        boolean whatever = delete.condition() == Condition.ALWAYS && !delete.wantsOld();
        Property current = whatever ? liveUnlessForeign(key) : live(key);
        if (!holds(delete.condition(), current)) {
            return DeleteResult.NONE;
        }
        properties.remove(key);
        if (current == null) {
            return DeleteResult.NONE;
        }
        return delete.wantsOld() ? new DeleteResult(true, current) : DeleteResult.DELETED;
    }

    @Override
    public boolean touch(Touch touch) {
        Property current = live(touch.key().stored());
        if (current == null) {
            return false;
        }
        long deadline = touch.expiry().deadline(clock.millis(), current.expiresAt());
        write(touch.key().stored(), current.withDeadline(deadline));
        return true;
    }
    // @end

    private static boolean holds(Condition condition, @Nullable Property current) {
        if (condition instanceof Condition.IfVersion wanted) {
            return current != null && current.version().equals(wanted.token());
        }
        return condition == Condition.ALWAYS || current == null;
    }

    /** Writes the entry, or nothing if its deadline is past. */
    private void write(String key, Property entry) {
        if (hasExpired(entry)) {
            properties.remove(key);
        } else {
            properties.put(key, entry.toString());
        }
    }

    /** The entry, unless it has expired; what is no entry is an error. */
    private @Nullable Property live(String key) {
        if (isForeign(key)) {
            throw new CorruptEntryException("the property '" + key + "' is no entry; it is left as it is");
        }
        return liveUnlessForeign(key);
    }

    /** As {@link #live}, for where what is no entry is skipped, overwritten or deleted. */
    private @Nullable Property liveUnlessForeign(String key) {
        String text = properties.get(key);
        Property entry = text == null ? null : Property.parse(text);
        return entry == null || hasExpired(entry) ? null : entry;
    }

    private boolean isForeign(String key) {
        String text = properties.get(key);
        return text != null && Property.parse(text) == null;
    }

    private boolean hasExpired(Property entry) {
        return entry.expiresAt() <= clock.millis();
    }

    // @start region="page"
    ScanPage page(ScanRequest request) {
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
                entries.add(new ScanEntry(key, entry));
            } else if (isForeign(key)) {
                LOG.log(Level.WARNING, "the property {0} is no entry; it is left as it is", key);
            }
        }
        return new ScanPage(entries, null);
    }

    private Iterable<String> keysFrom(ScanRequest request) {
        String last = request.cursor();
        return last == null
                ? properties.navigableKeySet().tailSet(request.prefix(), true)
                : properties.navigableKeySet().tailSet(last, false);
    }
    // @end

    /** Deletes the entries of a page. */
    ScanPage clear(ScanRequest request) {
        ScanPage page = page(request);
        page.entries().forEach(entry -> properties.remove(entry.key()));
        return page;
    }

    /** Looks at every entry: what has expired is not indexed, since the file is rewritten as a whole anyway. */
    int deleteExpired(int max) {
        List<String> expired = properties.entrySet().stream()
                .filter(property -> hasExpired(property.getValue()))
                .map(Map.Entry::getKey)
                .limit(max)
                .toList();
        expired.forEach(properties::remove);
        return expired.size();
    }

    private boolean hasExpired(String text) {
        Property entry = Property.parse(text);
        return entry != null && hasExpired(entry);
    }
}
