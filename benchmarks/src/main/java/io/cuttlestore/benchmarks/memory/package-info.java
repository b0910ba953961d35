/** What is measured of the in-memory store. */
@NullMarked
package io.cuttlestore.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
