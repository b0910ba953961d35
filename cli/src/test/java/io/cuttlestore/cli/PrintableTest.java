package io.cuttlestore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void aLineShowsControlCharactersAsEscapes() {
        assertThat(Printable.line("a\nb\tc\rd\u0000e\u001b[31mf\u007fg\u009bh\u2028i\u202ej"))
                .isEqualTo("a\\nb\\tc\\rd\\x00e\\x1b[31mf\\x7fg\\x9bh\\u2028i\\u202ej");
    }

    @Test
    void ordinaryTextStaysAsItIs() {
        assertThat(Printable.line("Grüße, 世界, 🐙 \\ %")).isEqualTo("Grüße, 世界, 🐙 \\ %");
    }

    @Test
    void textKeepsItsLineBreaks() {
        assertThat(Printable.text("a\n\tb\u001b[2J")).isEqualTo("a\n\tb\\x1b[2J");
    }

    @Test
    void bytesThatAreNotUtf8AreNoText() {
        assertThat(Printable.decode(new byte[] {(byte) 0xff})).isEmpty();
        assertThat(Printable.decode(new byte[] {(byte) 0xc3, (byte) 0xa9})).contains("é");
    }
}
