/** A trial in which all backends work for a long time, and are as quick and as small in the end as they were. */
@NullMarked
package io.cuttlestore.reliability.soak;

import org.jspecify.annotations.NullMarked;
