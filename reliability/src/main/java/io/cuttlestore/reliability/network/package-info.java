/** Trials in which the network between a store and its server fails, or the servers change places. */
@NullMarked
package io.cuttlestore.reliability.network;

import org.jspecify.annotations.NullMarked;
