/**
 * One typed API over any key-value store, chosen at run time by a connection string.
 *
 * <p>Start with {@link io.cuttlestore.Cuttlestore#open(String, Class)}. Authors of backends and layers find
 * their interfaces in {@code io.cuttlestore.spi}.
 */
@NullMarked
package io.cuttlestore;

import org.jspecify.annotations.NullMarked;
