/**
 * What the backends over JDBC share: everything but the statements, the errors and the ways of the driver of a
 * {@linkplain io.cuttlestore.jdbc.Database database}. Internal: it changes as they need it.
 */
@NullMarked
package io.cuttlestore.jdbc;

import org.jspecify.annotations.NullMarked;
