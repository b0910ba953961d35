package io.cuttlestore.filesystem;

import io.cuttlestore.IncompatibleStoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The file that makes a folder a store. Says which version of the format the store has, and its random id. */
final class FormatFile {
    private static final String BEGINNING = "cuttlestore filesystem ";
    private static final int VERSION = 1;
    private static final int ID_BYTES = 16;
    private static final int LONGEST = 4096;
    private static final Pattern ANY_VERSION = Pattern.compile(BEGINNING + "(\\d{1,9})\n.*", Pattern.DOTALL);
    private static final Pattern THIS_VERSION =
            Pattern.compile(BEGINNING + VERSION + "\nstore ([0-9a-f]{" + 2 * ID_BYTES + "})\n");
    private static final Set<OpenOption> CREATE = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private FormatFile() {}

    /** The id of the store; {@code null} if there is no store yet. Refuses what this program doesn't know. */
    static @Nullable String read(Path file) throws IOException {
        if (!Folders.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LONGEST) {
            throw unknown(file);
        }
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        Matcher any = ANY_VERSION.matcher(text);
        if (any.matches() && Integer.parseInt(any.group(1)) > VERSION) {
            throw new IncompatibleStoreException("the store that " + file + " describes has version " + any.group(1)
                    + " of the format, and this program knows " + VERSION + "; use a newer cuttlestore-filesystem");
        }
        Matcher known = THIS_VERSION.matcher(text);
        if (!known.matches()) {
            throw unknown(file);
        }
        return known.group(1);
    }

    private static IncompatibleStoreException unknown(Path file) {
        return new IncompatibleStoreException(file + " does not describe a store that this program knows;"
                + " restore it from a backup, or name another folder");
    }

    /**
     * Makes the folder a store with a new id, and returns it. What lies under the name of the draft is not written to: it
     * may be a link to a file elsewhere, or a FIFO.
     */
    static String make(Path file) throws IOException {
        byte[] random = new byte[ID_BYTES];
        new SecureRandom().nextBytes(random);
        String id = HexFormat.of().formatHex(random);
        byte[] text = (BEGINNING + VERSION + "\nstore " + id + "\n").getBytes(StandardCharsets.US_ASCII);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Uninterrupted.run(() -> {
            Files.deleteIfExists(draft);
            try (FileChannel channel = FileChannel.open(draft, CREATE, Permissions.ofFiles(draft))) {
                ByteBuffer left = ByteBuffer.wrap(text);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
                return channel;
            }
        });
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return id;
    }
}
