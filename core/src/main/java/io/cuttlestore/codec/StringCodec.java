package io.cuttlestore.codec;

import io.cuttlestore.Codec;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text in generalized UTF-8: the bytes of UTF-8, and for an unpaired surrogate the three bytes that its code point would
 * take. Any Java string survives; well-formed ones are plain UTF-8.
 *
 * @see <a href="https://simonsapin.github.io/wtf-8/">The WTF-8 encoding</a>
 */
final class StringCodec implements Codec<String> {
    @Override
    public byte[] encode(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (isUnpaired(value, i)) {
                return encodeGeneralized(value);
            }
        }
        return value.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String decode(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') < 0 ? text : decodeStrictly(bytes);
    }

    @Override
    public boolean shareable() {
        return true;
    }

    private static boolean isUnpaired(String text, int i) {
        char c = text.charAt(i);
        if (!Character.isSurrogate(c)) {
            return false;
        }
        return Character.isHighSurrogate(c)
                ? i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))
                : i == 0 || !Character.isHighSurrogate(text.charAt(i - 1));
    }

    private static byte[] encodeGeneralized(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() * 3);
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            if (isUnpaired(text, i)) {
                bytes.writeBytes(text.substring(begin, i).getBytes(StandardCharsets.UTF_8));
                char c = text.charAt(i);
                bytes.write(0xE0 | (c >> 12));
                bytes.write(0x80 | ((c >> 6) & 0x3F));
                bytes.write(0x80 | (c & 0x3F));
                begin = i + 1;
            }
        }
        bytes.writeBytes(text.substring(begin).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }

    /** Between encoded surrogates everything must be well-formed UTF-8. */
    private static String decodeStrictly(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        int begin = 0;
        for (int i = 0; i + 2 < bytes.length; i++) {
            if (isEncodedSurrogate(bytes, i)) {
                text.append(decodeUtf8(bytes, begin, i));
                char surrogate = (char) (0xD000 | ((bytes[i + 1] & 0x3F) << 6) | (bytes[i + 2] & 0x3F));
                if (Character.isLowSurrogate(surrogate)
                        && !text.isEmpty()
                        && i == begin
                        && Character.isHighSurrogate(text.charAt(text.length() - 1))) {
                    throw new IllegalArgumentException("a surrogate pair is not encoded as one character");
                }
                text.append(surrogate);
                begin = i + 3;
                i += 2;
            }
        }
        return text.append(decodeUtf8(bytes, begin, bytes.length)).toString();
    }

    private static boolean isEncodedSurrogate(byte[] bytes, int i) {
        return bytes[i] == (byte) 0xED && (bytes[i + 1] & 0xE0) == 0xA0 && (bytes[i + 2] & 0xC0) == 0x80;
    }

    private static CharBuffer decodeUtf8(byte[] bytes, int begin, int end) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, begin, end - begin));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8 text", e);
        }
    }

    @Override
    public String toString() {
        return "the codec of String";
    }
}
