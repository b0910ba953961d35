package io.cuttlestore.spi;

/**
 * An entry met by a scan.
 *
 * @param key its stored key
 * @param stored the entry; in a scan of keys, {@link Stored#present()} will do
 */
public record ScanEntry(String key, Stored stored) {}
