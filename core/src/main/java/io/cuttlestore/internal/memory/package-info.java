/** The in-memory backend. */
@NullMarked
package io.cuttlestore.internal.memory;

import org.jspecify.annotations.NullMarked;
