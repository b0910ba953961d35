package io.cuttlestore.spi;

/** Wraps a backend in another that adds something: metrics, compression, a cache. */
@FunctionalInterface
public interface Layer {
    /** The wrapped backend; closing it closes {@code inner}. */
    Backend wrap(Backend inner);
}
