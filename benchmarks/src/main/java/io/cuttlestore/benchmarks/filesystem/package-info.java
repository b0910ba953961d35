/** What is measured of the filesystem store. */
@NullMarked
package io.cuttlestore.benchmarks.filesystem;

import org.jspecify.annotations.NullMarked;
