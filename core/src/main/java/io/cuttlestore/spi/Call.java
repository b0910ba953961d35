package io.cuttlestore.spi;

import io.cuttlestore.CuttlestoreException;
import org.jspecify.annotations.Nullable;

/**
 * A command on its way with somebody waiting for the reply. Completed exactly once, by {@link #complete} or
 * {@link #fail}; both return quickly and never throw.
 *
 * @param <R> the reply
 */
public interface Call<R extends @Nullable Object> {
    Command<R> command();

    void complete(R reply);

    void fail(CuttlestoreException failure);
}
