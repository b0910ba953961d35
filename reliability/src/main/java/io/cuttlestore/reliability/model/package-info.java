/** Trials of long random sequences of operations, against a model and against each other. */
@NullMarked
package io.cuttlestore.reliability.model;

import org.jspecify.annotations.NullMarked;
