package io.cuttlestore.testkit;

import io.cuttlestore.Codec;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** A mutable value, as applications have them. */
final class Note {
    /** Stores the text in UTF-8; bytes that begin with {@link #UNREADABLE} can't be decoded. */
    static final Codec<Note> CODEC = new Codec<>() {
        @Override
        public byte[] encode(Note value) {
            return value.text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Note decode(byte[] bytes) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (text.startsWith(UNREADABLE)) {
                throw new IllegalArgumentException("this is no note");
            }
            return new Note(text);
        }

        @Override
        public boolean shareable() {
            return false;
        }
    };

    static final String UNREADABLE = "unreadable:";

    String text;

    Note(String text) {
        this.text = text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Note that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return Objects.hash(text);
    }

    @Override
    public String toString() {
        return "Note[" + text + "]";
    }
}
