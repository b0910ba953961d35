/** Short programs, one idea each. Every one takes a connection string as its argument. */
@NullMarked
package io.cuttlestore.examples;

import org.jspecify.annotations.NullMarked;
