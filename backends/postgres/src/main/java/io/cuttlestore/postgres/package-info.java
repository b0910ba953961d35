/** Entries as rows of a PostgreSQL table. */
@NullMarked
package io.cuttlestore.postgres;

import org.jspecify.annotations.NullMarked;
