/** What a run found, and what follows from it. */
@NullMarked
package io.cuttlestore.benchmarks.result;

import org.jspecify.annotations.NullMarked;
