package io.cuttlestore.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a page, which may be none, and where the next one begins.
 *
 * @param entries live entries with the prefix
 * @param next any text from which the backend can go on, itself or in another process; {@code null} only at the end
 */
public record ScanPage(List<ScanEntry> entries, @Nullable String next) {}
