package io.cuttlestore;

/** How a backend comes by a {@link Capability}. */
public enum Support {
    /** The store does it itself. */
    NATIVE,
    /** The backend does it, correctly, with other means of the store. */
    EMULATED,
    /** Refused with {@link UnsupportedCapabilityException}, never faked. */
    NONE
}
