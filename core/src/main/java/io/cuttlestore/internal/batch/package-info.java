/** Concurrency becomes batches: callers that meet on the way to a store share one trip. */
@NullMarked
package io.cuttlestore.internal.batch;

import org.jspecify.annotations.NullMarked;
