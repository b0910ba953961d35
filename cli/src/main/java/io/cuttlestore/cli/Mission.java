package io.cuttlestore.cli;

/** The value of the demonstration: any record will do. */
record Mission(String message) {}
