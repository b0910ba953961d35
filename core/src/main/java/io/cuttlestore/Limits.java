package io.cuttlestore;

/**
 * The largest things that a store accepts.
 *
 * @param maxKeyBytes length of a stored key in UTF-8 bytes: escaped namespace, {@code :}, key
 * @param maxValueBytes length of an encoded value in bytes
 */
public record Limits(int maxKeyBytes, long maxValueBytes) {
    /** The limit of stored keys on every backend, in UTF-8 bytes. */
    public static final int MAX_KEY_BYTES = 1024;

    /** The limits of a store whose values may have up to {@code maxValueBytes}. */
    public static Limits ofValues(long maxValueBytes) {
        return new Limits(MAX_KEY_BYTES, maxValueBytes);
    }
}
