/** Trials in which the wall clock jumps. */
@NullMarked
package io.cuttlestore.reliability.clock;

import org.jspecify.annotations.NullMarked;
