/** Entries as keys of a Redis server, cluster or sentinel group. */
@NullMarked
package io.cuttlestore.redis;

import org.jspecify.annotations.NullMarked;
