/** The code that the pages of docs/guide show. */
@NullMarked
package io.cuttlestore.examples.guide;

import org.jspecify.annotations.NullMarked;
