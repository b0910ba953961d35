/** Trials in which threads and processes work on few keys at once, and what they saw must have an explanation. */
@NullMarked
package io.cuttlestore.reliability.histories;

import org.jspecify.annotations.NullMarked;
