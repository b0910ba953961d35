package io.cuttlestore.reliability.network;

/** A part of an array, which nobody modifies meanwhile. */
final class Bytes {
    private final byte[] array;
    private final int offset;
    private final int length;

    Bytes(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
    }

    byte[] array() {
        return array;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }

    Bytes first(int count) {
        return new Bytes(array, offset, count);
    }

    Bytes from(int index) {
        return new Bytes(array, offset + index, length - index);
    }
}
