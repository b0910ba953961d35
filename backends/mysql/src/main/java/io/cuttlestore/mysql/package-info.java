/** Entries as rows of a table of MySQL or MariaDB. */
@NullMarked
package io.cuttlestore.mysql;

import org.jspecify.annotations.NullMarked;
