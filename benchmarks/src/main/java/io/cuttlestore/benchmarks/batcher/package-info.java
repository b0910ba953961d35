/** What sharing trips costs. */
@NullMarked
package io.cuttlestore.benchmarks.batcher;

import org.jspecify.annotations.NullMarked;
