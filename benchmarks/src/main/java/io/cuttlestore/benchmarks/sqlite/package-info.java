/** What is measured of the SQLite store. */
@NullMarked
package io.cuttlestore.benchmarks.sqlite;

import org.jspecify.annotations.NullMarked;
