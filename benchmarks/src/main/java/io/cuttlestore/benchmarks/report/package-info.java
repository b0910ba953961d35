/** The report for people: a page with plots. */
@NullMarked
package io.cuttlestore.benchmarks.report;

import org.jspecify.annotations.NullMarked;
