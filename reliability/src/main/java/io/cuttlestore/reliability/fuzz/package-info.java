/** Trials with hostile input that a coverage-guided fuzzer makes. */
@NullMarked
package io.cuttlestore.reliability.fuzz;

import org.jspecify.annotations.NullMarked;
