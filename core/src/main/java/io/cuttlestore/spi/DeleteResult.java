package io.cuttlestore.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Delete} did.
 *
 * @param deleted whether a live entry was there, met the condition and is gone
 * @param old what was deleted, if it {@linkplain Delete#wantsOld() was wanted}
 */
public record DeleteResult(boolean deleted, @Nullable Stored old) {
    /** Nothing was deleted. */
    public static final DeleteResult NONE = new DeleteResult(false, null);

    /** Something was deleted, and what it was is not wanted. */
    public static final DeleteResult DELETED = new DeleteResult(true, null);
}
