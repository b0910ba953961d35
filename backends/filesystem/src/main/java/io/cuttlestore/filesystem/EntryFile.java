package io.cuttlestore.filesystem;

import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Stored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An entry as it lies in its file: a head of {@value #HEAD} bytes, the key, the value, and nothing behind. All numbers
 * are big-endian. Both parts have a CRC32C, so that the head can be trusted without reading the value. Immutable.
 *
 * <pre>
 *  0  8  "Cuttle", 0, format version 1
 *  8  8  version of the entry
 * 16  8  deadline in epoch milliseconds; 2^63-1 for never
 * 24  4  length of the value
 * 28  4  CRC32C of the value
 * 32  4  length of the key, 1 to 1,024
 * 36  4  CRC32C of bytes 0 to 35 and the key
 * 40     key in UTF-8, then the value
 * </pre>
 */
final class EntryFile implements Stored {
    /** Keeps the length of every file and array far from the limits of Java's integers. */
    static final int LARGEST_VALUE = 1 << 30;

    private static final int HEAD = 40;
    private static final int CHECKED_HEAD = 36;
    private static final int LONGEST_KEY = 1024;
    private static final long MAGIC = 0x437574746c650001L;
    private static final byte[] NO_VALUE = {};
    private static final HexFormat HEX = HexFormat.of();
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> READ_WRITE =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final byte[] key;
    private final byte[] value;
    private final long version;
    private final long expiresAt;

    private EntryFile(byte[] key, byte[] value, long version, long expiresAt) {
        this.key = key;
        this.value = value;
        this.version = version;
        this.expiresAt = expiresAt;
    }

    static EntryFile of(byte[] key, byte[] value, long version, long expiresAt) {
        return new EntryFile(key, value, version, expiresAt);
    }

    /** The same value with another deadline. */
    EntryFile withDeadline(long deadline) {
        return new EntryFile(key, value, version, deadline);
    }

    /** Reads an entry; {@code null} if there is no file. Throws {@link CorruptEntryException} for what is no entry. */
    static @Nullable EntryFile read(Path file) throws IOException {
        return read(file, true);
    }

    /** As {@link #read}, but without the value, which is neither read nor checked. */
    static @Nullable EntryFile readHead(Path file) throws IOException {
        return read(file, false);
    }

    /**
     * Opens the file for writing too, and reads at a position, since that neither hangs on a FIFO nor needs a look at the
     * file before. What can't be opened or read so may be no file, or one on a disk that has become read-only.
     */
    private static @Nullable EntryFile read(Path file, boolean withValue) throws IOException {
        try {
            return read(file, READ_WRITE, withValue);
        } catch (NoSuchFileException missing) {
            return null;
        } catch (IOException e) {
            return isThere(file) ? read(file, READ, withValue) : null;
        }
    }

    private static boolean isThere(Path file) throws IOException {
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (found.isRegularFile()) {
                return true;
            }
            if (found.isSymbolicLink() && !Files.exists(file)) {
                return false;
            }
        } catch (NoSuchFileException goneMeanwhile) {
            return false;
        }
        throw corrupt(file, "it is not a regular file");
    }

    private static EntryFile read(Path file, Set<OpenOption> options, boolean withValue) throws IOException {
        return Uninterrupted.run(() -> {
            try (FileChannel channel = FileChannel.open(file, options)) {
                return read(channel, file, withValue);
            }
        });
    }

    private static EntryFile read(FileChannel channel, Path file, boolean withValue) throws IOException {
        ByteBuffer start = ReadBuffers.take();
        try {
            channel.read(start, 0);
            return decode(start.flip(), channel, file, withValue);
        } finally {
            ReadBuffers.giveBack(start);
        }
    }

    private static EntryFile decode(ByteBuffer start, FileChannel channel, Path file, boolean withValue)
            throws IOException {
        if (start.limit() < HEAD || start.getLong(0) >>> Byte.SIZE != MAGIC >>> Byte.SIZE) {
            throw corrupt(file, "it does not begin like one");
        }
        if (start.getLong(0) != MAGIC) {
            throw corrupt(file, "it has version " + start.get(7) + " of the format, and this program knows 1");
        }
        int valueLength = start.getInt(24);
        int keyLength = start.getInt(32);
        if (keyLength < 1 || keyLength > LONGEST_KEY || start.limit() < HEAD + keyLength || valueLength < 0) {
            throw corrupt(file, "its lengths are damaged");
        }
        if (start.getInt(CHECKED_HEAD) != headChecksum(start, keyLength)) {
            throw corrupt(file, "its head or key does not match its checksum");
        }
        long length = start.limit() < start.capacity() ? start.limit() : channel.size();
        if (length != (long) HEAD + keyLength + valueLength) {
            throw corrupt(file, "it is cut short or has something behind");
        }
        byte[] key = new byte[keyLength];
        start.get(HEAD, key);
        long version = start.getLong(8);
        long deadline = start.getLong(16);
        if (!withValue) {
            return new EntryFile(key, NO_VALUE, version, deadline);
        }
        int checksum = start.getInt(28);
        byte[] value = new byte[valueLength];
        readValue(start.position(HEAD + keyLength), channel, value, file);
        if (checksum(value) != checksum) {
            throw corrupt(file, "its value does not match its checksum");
        }
        return new EntryFile(key, value, version, deadline);
    }

    /** Fills the value with what is left in the buffer and then from the channel, a buffer at a time. */
    private static void readValue(ByteBuffer buffer, FileChannel channel, byte[] value, Path file) throws IOException {
        long valueStart = buffer.position();
        int filled = Math.min(value.length, buffer.remaining());
        buffer.get(value, 0, filled);
        while (filled < value.length) {
            buffer.clear().limit(Math.min(buffer.capacity(), value.length - filled));
            int read = channel.read(buffer, valueStart + filled);
            if (read < 0) {
                throw corrupt(file, "it is cut short");
            }
            buffer.flip().get(value, filled, read);
            filled += read;
        }
    }

    void writeTo(FileChannel channel) throws IOException {
        ByteBuffer start =
                ByteBuffer.allocate((int) Math.min(ReadBuffers.SIZE, (long) HEAD + key.length + value.length));
        start.putLong(MAGIC)
                .putLong(version)
                .putLong(expiresAt)
                .putInt(value.length)
                .putInt(checksum(value))
                .putInt(key.length)
                .position(HEAD)
                .put(key);
        start.putInt(CHECKED_HEAD, headChecksum(start, key.length));
        int written = Math.min(value.length, start.remaining());
        writeAll(channel, start.put(value, 0, written).flip());
        while (written < value.length) {
            int length = Math.min(ReadBuffers.SIZE, value.length - written);
            writeAll(channel, ByteBuffer.wrap(value, written, length));
            written += length;
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static int headChecksum(ByteBuffer start, int keyLength) {
        CRC32C checksum = new CRC32C();
        checksum.update(start.slice(0, CHECKED_HEAD));
        checksum.update(start.slice(HEAD, keyLength));
        return (int) checksum.getValue();
    }

    private static int checksum(byte[] value) {
        CRC32C checksum = new CRC32C();
        checksum.update(value);
        return (int) checksum.getValue();
    }

    private static CorruptEntryException corrupt(Path file, String reason) {
        return new CorruptEntryException("the file " + file + " is not a readable entry: " + reason
                + "; it is left as it is until its key is put or deleted");
    }

    String key() {
        return new String(key, StandardCharsets.UTF_8);
    }

    boolean hasKey(byte[] utf8) {
        return Arrays.equals(key, utf8);
    }

    boolean isExpired(long now) {
        return expiresAt <= now && expiresAt != NEVER;
    }

    int size() {
        return value.length;
    }

    @Override
    public Payload payload() {
        return Payload.of(value);
    }

    @Override
    public String version() {
        return HEX.toHexDigits(version);
    }

    @Override
    public long expiresAt() {
        return expiresAt;
    }
}
