package io.cuttlestore.codec.jackson;

import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.io.IOContext;
import tools.jackson.dataformat.cbor.CBORConstants;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORFactoryBuilder;
import tools.jackson.dataformat.cbor.CBORParser;

/**
 * Refuses CBOR (RFC 8949) that would cost more than its length accounts for: a long run of tags, for which Jackson's time
 * and memory grow with the square, and references to strings (tag 25), each of which may become a copy.
 */
final class LimitedCborFactory extends CBORFactory {
    private static final long serialVersionUID = 1L;

    private static final int MOST_TAGS = 16;

    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int TAG = 6;

    LimitedCborFactory(CBORFactoryBuilder settings) {
        super(settings);
    }

    @Override
    protected CBORParser _createParser(
            ObjectReadContext readContext, IOContext ioContext, byte[] data, int offset, int length) {
        check(data, offset, offset + length);
        return super._createParser(readContext, ioContext, data, offset, length);
    }

    /** Goes from head to head; what is malformed is left to the parser, which comes no further than this. */
    private static void check(byte[] data, int start, int end) {
        int tags = 0;
        int at = start;
        while (at < end) {
            int majorType = (data[at] & 0xFF) >> 5;
            int information = data[at] & 0x1F;
            int width = information >= 24 && information <= 27 ? 1 << (information - 24) : 0;
            at++;
            if (width > end - at) {
                return;
            }
            long argument = width == 0 ? information : unsigned(data, at, width);
            at += width;
            tags = majorType == TAG ? tags + 1 : 0;
            if (tags > MOST_TAGS) {
                throw new StreamConstraintsException("more than " + MOST_TAGS + " tags of one item");
            }
            if (majorType == TAG && argument == CBORConstants.TAG_ID_STRINGREF) {
                throw new StreamConstraintsException("a reference to a string");
            }
            if ((majorType == BYTES || majorType == TEXT) && information != 31) {
                if (argument < 0 || argument > end - at) {
                    return;
                }
                at += (int) argument;
            }
        }
    }

    private static long unsigned(byte[] data, int at, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value = value << 8 | (data[at + i] & 0xFF);
        }
        return value;
    }
}
