/** The implementation. Not exported and free to change. */
@NullMarked
package io.cuttlestore.internal;

import org.jspecify.annotations.NullMarked;
