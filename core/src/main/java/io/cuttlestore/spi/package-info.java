/**
 * What a backend or a layer implements.
 *
 * <p>A backend is a {@link io.cuttlestore.spi.BackendProvider}, found by {@link java.util.ServiceLoader}, that opens
 * {@link io.cuttlestore.spi.Backend}s. Operations reach it as {@linkplain io.cuttlestore.spi.Command commands} with
 * typed replies; the core has validated keys, encoded values and checked capabilities before.
 */
@NullMarked
package io.cuttlestore.spi;

import org.jspecify.annotations.NullMarked;
