package io.cuttlestore.codec;

import io.cuttlestore.Codec;

final class BytesCodec implements Codec<byte[]> {
    @Override
    public byte[] encode(byte[] value) {
        return value.clone();
    }

    @Override
    public byte[] decode(byte[] bytes) {
        return bytes.clone();
    }

    @Override
    public boolean shareable() {
        return false;
    }

    @Override
    public String toString() {
        return "the codec of byte[]";
    }
}
