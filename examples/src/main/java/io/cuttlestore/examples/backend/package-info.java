/** The smallest whole backend: what CONTRIBUTING.md walks through. */
@NullMarked
package io.cuttlestore.examples.backend;

import org.jspecify.annotations.NullMarked;
