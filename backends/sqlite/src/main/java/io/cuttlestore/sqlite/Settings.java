package io.cuttlestore.sqlite;

/**
 * What the options of a connection string set.
 *
 * @param synchronous what an acknowledged write survives
 * @param readers how many read connections there are at most
 */
record Settings(Synchronous synchronous, int readers) {}
