/** Trials in which what a store has written is damaged behind its back. */
@NullMarked
package io.cuttlestore.reliability.rot;

import org.jspecify.annotations.NullMarked;
