/** Runs what is measured: forks of JMH, and programs of their own. */
@NullMarked
package io.cuttlestore.benchmarks.run;

import org.jspecify.annotations.NullMarked;
