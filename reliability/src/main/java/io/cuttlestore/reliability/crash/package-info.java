/** Trials in which a store's process is killed, or its disk loses power, while it writes. */
@NullMarked
package io.cuttlestore.reliability.crash;

import org.jspecify.annotations.NullMarked;
