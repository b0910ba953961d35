/** Programs in other languages that do the work of a benchmark; their sources are in {@code benchmarks/peers}. */
@NullMarked
package io.cuttlestore.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
