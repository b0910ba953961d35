/** The codecs that are built in, and the door through which other formats plug in. */
@NullMarked
package io.cuttlestore.codec;

import org.jspecify.annotations.NullMarked;
