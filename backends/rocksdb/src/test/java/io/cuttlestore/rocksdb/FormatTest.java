package io.cuttlestore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.Entry;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.ScanRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** What is stored, byte by byte: docs/formats-rocksdb.md. */
class FormatTest extends RocksDbTest {
    /** 2999-12-31T23:59:59.999Z in milliseconds is 0x00001d8f_da4cdfff. */
    private static final Instant DEADLINE = Instant.ofEpochMilli(0x00001D8F_DA4CDFFFL);

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** Records as {@code key=value}, both in hexadecimal. */
    private static List<String> dump(RocksDB rocks, ColumnFamilyHandle family) {
        List<String> records = new ArrayList<>();
        try (RocksIterator record = rocks.newIterator(family)) {
            for (record.seekToFirst(); record.isValid(); record.next()) {
                records.add(HexFormat.of().formatHex(record.key()) + "="
                        + HexFormat.of().formatHex(record.value()));
            }
        }
        return records;
    }

    @Test
    void recordsAreWhatTheFormatSays() throws Exception {
        String storeId;
        Entry<String> plain;
        Entry<String> deadline;
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(url())) {
            Cuttlestore<String> texts = connection.store("t", String.class);
            texts.put("é", "v");
            texts.put("b", "w", PutOptions.expireAt(DEADLINE));
            plain = texts.entry("é").orElseThrow();
            deadline = texts.entry("b").orElseThrow();
            storeId = plain.version().toString().substring(0, 16);
        }
        String plainVersion = plain.version().toString().substring(17);
        String deadlineVersion = deadline.version().toString().substring(17);
        asAnother(database(), FAMILIES, (rocks, families) -> {
            assertThat(dump(rocks, families.get(0)))
                    .containsExactly(
                            "743a62=" + deadlineVersion + "00001d8fda4cdfff" + "77",
                            "743ac3a9=" + plainVersion + "7fffffffffffffff" + "76");
            assertThat(dump(rocks, families.get(1))).containsExactly("80001d8fda4cdfff" + "743a62=");
            assertThat(rocks.get(families.get(2), utf8("store-id"))).isEqualTo(utf8(storeId));
        });
    }

    /** Writes what the first version of the format holds, by the page that describes it. */
    private void takeGolden() throws RocksDBException {
        asAnother(database(), FAMILIES, (rocks, families) -> {
            rocks.put(families.get(2), utf8("store-id"), utf8("6f93a85e3aed0525"));
            rocks.put(hex("612f 62"), hex("3a184a3d45a5eda3 7fffffffffffffff 0001 80ff"));
            rocks.put(utf8("texts:\uD83E\uDD91"), concat(hex("0000000000000001 00001d8fda4cdfff"), utf8("squid")));
            rocks.put(families.get(1), concat(hex("80001d8fda4cdfff"), utf8("texts:\uD83E\uDD91")), new byte[0]);
            rocks.put(utf8("texts:empty"), hex("8000000000000000 7fffffffffffffff"));
        });
    }

    @Test
    void theFirstFormatIsRead() throws Exception {
        takeGolden();
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(url())) {
            Cuttlestore<byte[]> root = connection.store(byte[].class);
            assertThat(root.get("a/b")).hasValue(new byte[] {0, 1, (byte) 0x80, (byte) 0xFF});
            assertThat(root.entry("a/b").orElseThrow().version()).hasToString("6f93a85e3aed0525.3a184a3d45a5eda3");
            Cuttlestore<String> texts = connection.store("texts", String.class);
            Entry<String> squid = texts.entry("\uD83E\uDD91").orElseThrow();
            assertThat(squid.value()).isEqualTo("squid");
            assertThat(squid.expiresAt()).hasValue(DEADLINE);
            assertThat(texts.get("empty")).hasValue("");
            try (var keys = root.keys(ScanOptions.all())) {
                assertThat(keys).containsExactly("a/b", "texts:empty", "texts:\uD83E\uDD91");
            }
        }
    }

    @Test
    void anIdThatIsDamagedIsAnErrorAndNothingStaysOpen() throws Exception {
        takeGolden();
        asAnother(database(), FAMILIES, (rocks, families) -> rocks.put(families.get(2), utf8("store-id"), utf8("?")));
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThatThrownBy(() -> Cuttlestore.open(url(), String.class))
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("id of a RocksDB store is damaged");
        }
    }

    @Test
    void theIndexHoldsTheDeadlinesThatThereAreAndNoOthers() throws Exception {
        try (Cuttlestore<String> store = Cuttlestore.open(url(), String.class)) {
            store.put("replaced", "v", PutOptions.expireAt(DEADLINE));
            store.put("replaced", "v");
            store.put("deleted", "v", PutOptions.expireAt(DEADLINE));
            store.delete("deleted");
            store.put("taken", "v", PutOptions.expireAt(DEADLINE));
            store.getAndDelete("taken");
            store.put("persisted", "v", PutOptions.expireAt(DEADLINE));
            store.persist("persisted");
            store.put("updated", "v", PutOptions.expireAt(DEADLINE));
            store.update("updated", old -> Optional.of("w"));
            store.connection().store("n", String.class).put("k", "v", PutOptions.expireAt(DEADLINE));
            store.connection().store("n", String.class).clear();
        }
        asAnother(
                database(),
                FAMILIES,
                (rocks, families) -> assertThat(dump(rocks, families.get(1)))
                        .containsExactly("80001d8fda4cdfff" + HexFormat.of().formatHex(utf8("updated")) + "="));
    }

    @Test
    void whatIsNoEntryIsLeftAlone() throws Exception {
        Cuttlestore.open(url(), String.class).close();
        asAnother(database(), FAMILIES, (rocks, families) -> {
            rocks.put(utf8("short"), new byte[15]);
            rocks.put(hex("61fe"), hex("0000000000000001 7fffffffffffffff"));
        });
        try (Backend backend = open(url(), new Clock());
                Cuttlestore<String> store = Cuttlestore.open(url(), String.class)) {
            store.put("b", "v");
            assertThatThrownBy(() -> store.get("short")).isInstanceOf(CorruptEntryException.class);
            assertThatThrownBy(() -> store.contains("short")).isInstanceOf(CorruptEntryException.class);
            assertThatThrownBy(() -> store.putIfAbsent("short", "v")).isInstanceOf(CorruptEntryException.class);
            assertThatThrownBy(() -> store.getAndDelete("short")).isInstanceOf(CorruptEntryException.class);
            try (var keys = store.keys(ScanOptions.all().pageSize(1))) {
                assertThat(keys).containsExactly("b");
            }
            String cursor = null;
            do {
                cursor = backend.clear(new ScanRequest("", cursor, 1, true, Deadline.NONE));
            } while (cursor != null);
        }
        asAnother(
                database(),
                FAMILIES,
                (rocks, families) -> assertThat(dump(rocks, families.get(0)))
                        .hasSize(2)
                        .anyMatch(record -> record.startsWith("61fe="))
                        .anyMatch(record -> record.endsWith("=" + "00".repeat(15))));
        try (Cuttlestore<String> store = Cuttlestore.open(url(), String.class)) {
            store.put("short", "new");
            assertThat(store.get("short")).hasValue("new");
        }
    }

    @Test
    void cursorsOfOthersAreRefused() {
        try (Backend backend = open(url(), new Clock())) {
            for (String cursor : List.of("zz", "6", "62")) {
                assertThatThrownBy(() -> backend.page(new ScanRequest("a", cursor, 5, false, Deadline.NONE)))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> backend.clear(new ScanRequest("a", cursor, 5, false, Deadline.NONE)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
