package io.cuttlestore;

/** What an acknowledged write survives. */
public enum Durability {
    /** Nothing: it is gone with the process. */
    NONE,
    /** The end of the process, {@code kill -9} included. */
    PROCESS,
    /** A power cut. */
    POWER,
    /** The end of this client; the server's settings decide the rest. */
    SERVER
}
