/**
 * Entries as records of an embedded RocksDB database: {@code rocksdb://./folder}.
 *
 * <p>Applications need nothing of this package but to have it there; {@link io.cuttlestore.rocksdb.RocksDbProvider} lists
 * the options of its connection strings.
 */
@NullMarked
package io.cuttlestore.rocksdb;

import org.jspecify.annotations.NullMarked;
