/** How cost grows with the number of entries. */
@NullMarked
package io.cuttlestore.benchmarks.scale;

import org.jspecify.annotations.NullMarked;
