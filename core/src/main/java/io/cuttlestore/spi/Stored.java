package io.cuttlestore.spi;

/** What a store holds under a key. Immutable; may be the backend's own node. */
public interface Stored {
    /** The {@link #expiresAt()} of an entry without a deadline. */
    long NEVER = Long.MAX_VALUE;

    /** The value. Not called on the reply to a {@link Get.Want#EXISTENCE} or a scan of keys. */
    Payload payload();

    /**
     * The version token of the value: 1 to 128 of {@code A-Z a-z 0-9 _ -}. Called only on replies to
     * {@link Get.Want#ENTRY}, {@link Delete#wantsOld()} and scans of entries.
     */
    String version();

    /** The deadline in epoch milliseconds of the clock that decides, or {@link #NEVER}. Called where version is. */
    long expiresAt();

    /** An entry with these parts. */
    static Stored of(Payload payload, String version, long expiresAt) {
        return new StoredEntry(payload, version, expiresAt);
    }

    /** The reply to a {@link Get.Want#VALUE}: a payload alone. */
    static Stored ofPayload(Payload payload) {
        return new StoredEntry(payload, "", NEVER);
    }

    /** The reply to a {@link Get.Want#EXISTENCE} that was found. */
    static Stored present() {
        return StoredEntry.PRESENT;
    }
}
