/** What is measured of the Redis store. */
@NullMarked
package io.cuttlestore.benchmarks.redis;

import org.jspecify.annotations.NullMarked;
