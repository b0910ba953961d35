/** A web application whose store is chosen by an environment variable. */
@NullMarked
package io.cuttlestore.examples.web;

import org.jspecify.annotations.NullMarked;
