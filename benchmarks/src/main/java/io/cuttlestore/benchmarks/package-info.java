/** Each backend beside the raw client, and beside what one would use instead. */
@NullMarked
package io.cuttlestore.benchmarks;

import org.jspecify.annotations.NullMarked;
