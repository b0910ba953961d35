/**
 * Entries as files in a folder, safe for many threads and many processes at once.
 *
 * <p>{@link io.cuttlestore.filesystem.FilesystemProvider} is found by {@link java.util.ServiceLoader}; programs name it
 * by its scheme, {@code filesystem}, and need nothing from here.
 */
@NullMarked
package io.cuttlestore.filesystem;

import org.jspecify.annotations.NullMarked;
