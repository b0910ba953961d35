/** The command-line tool. Thin: it stands on the public API alone, as any other program would. */
@NullMarked
package io.cuttlestore.cli;

import org.jspecify.annotations.NullMarked;
