/** Trials in which what is opened, abandoned and closed again and again must leave nothing behind. */
@NullMarked
package io.cuttlestore.reliability.leaks;

import org.jspecify.annotations.NullMarked;
