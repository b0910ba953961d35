package io.cuttlestore.jdbc;

import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Operations;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import org.jspecify.annotations.Nullable;

/**
 * What a statement returned for a command, as the reply to it.
 *
 * @param row the row that was read or changed; {@code null} if there was none, or its condition did not hold
 */
record Reply(@Nullable Row row) implements Operations {
    @Override
    public @Nullable Stored get(Get get) {
        return row;
    }

    @Override
    public boolean put(Put put) {
        return row != null;
    }

    @Override
    public DeleteResult delete(Delete delete) {
        if (row == null) {
            return DeleteResult.NONE;
        }
        return delete.wantsOld() ? new DeleteResult(true, row) : DeleteResult.DELETED;
    }

    @Override
    public boolean touch(Touch touch) {
        return row != null;
    }
}
