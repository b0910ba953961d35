/** Trials in which very many callers want a value at once that has to be loaded. */
@NullMarked
package io.cuttlestore.reliability.stampede;

import org.jspecify.annotations.NullMarked;
