package io.cuttlestore;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a scan visits and how it is cut into pages. Immutable; each method returns a changed copy. */
public final class ScanOptions {
    private static final int DEFAULT_PAGE_SIZE = 500;
    private static final int MAX_PAGE_SIZE = 100_000;

    private final String prefix;
    private final int pageSize;
    private final @Nullable Cursor after;
    private final boolean distinct;

    private ScanOptions(String prefix, int pageSize, @Nullable Cursor after, boolean distinct) {
        this.prefix = prefix;
        this.pageSize = pageSize;
        this.after = after;
        this.distinct = distinct;
    }

    /** Everything in the view. */
    public static ScanOptions all() {
        return prefix("");
    }

    /**
     * Entries whose keys begin with this text, taken literally. A scan refuses a text with an unpaired surrogate with
     * {@link IllegalKeyException}.
     */
    public static ScanOptions prefix(String prefix) {
        return new ScanOptions(
                Objects.requireNonNull(prefix, "a prefix must not be null"), DEFAULT_PAGE_SIZE, null, false);
    }

    /**
     * How many entries are fetched at a time; a hint.
     *
     * @throws IllegalArgumentException unless 1 to 100,000
     */
    public ScanOptions pageSize(int size) {
        if (size < 1 || size > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("page size must be 1 to " + MAX_PAGE_SIZE + ", not " + size);
        }
        return new ScanOptions(prefix, size, after, distinct);
    }

    /**
     * Begins behind the page that gave this cursor. A scan refuses one of another store, view or prefix with
     * {@link IllegalArgumentException}.
     */
    public ScanOptions after(Cursor cursor) {
        return new ScanOptions(prefix, pageSize, Objects.requireNonNull(cursor), distinct);
    }

    /**
     * Drops repeats within one stream where the backend has no {@link Capability#EXACT_SCAN}. Costs about 32 bytes of
     * memory a key visited; without it a scan takes constant memory. Pages are not affected.
     */
    public ScanOptions distinct() {
        return new ScanOptions(prefix, pageSize, after, true);
    }

    public String prefix() {
        return prefix;
    }

    public int pageSize() {
        return pageSize;
    }

    public Optional<Cursor> after() {
        return Optional.ofNullable(after);
    }

    public boolean isDistinct() {
        return distinct;
    }
}
