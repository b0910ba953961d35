package io.cuttlestore.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cuttlestore.Cursor;
import org.junit.jupiter.api.Test;

class CursorsTest {
    private final Cursor cursor = Cursors.wrap("store", "prefix", "7:ключ\0");

    @Test
    void aCursorGivesItsPositionBackToTheScanItBelongsTo() {
        assertThat(Cursors.unwrap("store", "prefix", Cursor.parse(cursor.toString())))
                .isEqualTo("7:ключ\0");
    }

    @Test
    void aCursorOfAnotherStoreOrPrefixIsRefused() {
        assertRefused("elsewhere", "prefix", cursor.toString());
        assertRefused("store", "prefi", cursor.toString());
    }

    @Test
    void aDamagedCursorIsRefused() {
        String text = cursor.toString();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'x' ? 'y' : 'x';
            assertRefused("store", "prefix", text.substring(0, i) + other + text.substring(i + 1));
            assertRefused("store", "prefix", text.substring(0, i) + text.substring(i + 1));
        }
        assertRefused("store", "prefix", text + "A");
        assertRefused("store", "prefix", text + ".A");
    }

    private static void assertRefused(String storeId, String prefix, String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Cursors.unwrap(storeId, prefix, Cursor.parse(text)));
    }
}
