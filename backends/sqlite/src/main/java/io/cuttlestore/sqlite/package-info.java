/**
 * Entries as rows of a SQLite database file: {@code sqlite://./app.db}.
 *
 * <p>Applications need nothing of this package but to have it there; {@link io.cuttlestore.sqlite.SqliteProvider} lists
 * the options of its connection strings.
 */
@NullMarked
package io.cuttlestore.sqlite;

import org.jspecify.annotations.NullMarked;
