package io.cuttlestore.reliability.network;

/**
 * A part of an array.
 *
 * @param array must not be modified
 */
record Bytes(byte[] array, int offset, int length) {
    Bytes first(int count) {
        return new Bytes(array, offset, count);
    }

    Bytes from(int index) {
        return new Bytes(array, offset + index, length - index);
    }
}
