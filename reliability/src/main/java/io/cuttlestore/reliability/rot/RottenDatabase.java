package io.cuttlestore.reliability.rot;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.reliability.LeftOutException;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Tool;
import io.cuttlestore.reliability.Trial;
import io.cuttlestore.reliability.rot.Inspection.Leniency;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Damages a database: its file after it was closed, one of its files as they lie there while it is open, or a column of a
 * row.
 *
 * <p>SQLite has no checksums of the pages that lead to rows. So damage of a file may hide entries, and damage of the
 * write-ahead log may bring back earlier values; both are counted. Wrong bytes are never excused.
 */
final class RottenDatabase implements Trial.Session {
    private static final Leniency HIDING = new Leniency(true, false, key -> true);
    private static final Leniency HIDING_AND_GOING_BACK = new Leniency(true, true, key -> true);

    /** What remains of a deadline that is whole, divided by 1,000. */
    private static final int WHOLE = 807;

    private static final List<String> SUFFIXES = List.of("", "-wal", "-shm");

    private final Path closed;
    private final Path open;
    private final Path store;
    private final Contents contents = new Contents();
    private final Tally tally;

    RottenDatabase(Site site) throws LeftOutException, InterruptedException {
        this.closed = site.folder().resolve("closed.db");
        this.open = site.folder().resolve("open.db");
        this.store = site.folder().resolve("store.db");
        this.tally = site.tally();
        InstantSource clock = InstantSource.fixed(Contents.FILLED);
        try (Cuttlestore<byte[]> filled =
                Cuttlestore.builder("sqlite://" + closed).clock(clock).open(byte[].class)) {
            contents.fillEarlier(filled);
        }
        try (Cuttlestore<byte[]> filled =
                Cuttlestore.builder("sqlite://" + closed).clock(clock).open(byte[].class)) {
            contents.fill(filled);
            // Nobody closes a Java handle of these files, which would drop the locks of SQLite: they are copied by cp.
            for (String suffix : SUFFIXES) {
                Tool.run("cp", closed + suffix, open + suffix);
            }
        }
    }

    @Override
    public void attempt(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        switch (random.nextInt(4)) {
            case 0 -> damageRow(random);
            case 1 -> damageOpenFiles(random);
            default -> damageClosedFile(random);
        }
    }

    private void copy(Path from) throws IOException {
        for (String suffix : SUFFIXES) {
            Path file = Path.of(from + suffix);
            Files.deleteIfExists(Path.of(store + suffix));
            if (Files.exists(file)) {
                Files.copy(file, Path.of(store + suffix), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void inspect(String what, Leniency leniency) {
        try {
            new Inspection(contents, tally, leniency).of("sqlite://" + store);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(what + ": " + e.getMessage(), e);
        }
    }

    private void damageClosedFile(SplittableRandom random) throws IOException {
        copy(closed);
        Damage damage = Damage.of(Files.readAllBytes(store), random);
        Files.write(store, damage.bytes());
        inspect("the file, " + damage.what(), HIDING);
        if (!Arrays.equals(Files.readAllBytes(store), damage.bytes())) {
            tally.count("files in which SQLite repaired something"); // such as the mode in the header
        }
        tally.count("damaged files of closed databases");
    }

    private void damageOpenFiles(SplittableRandom random) throws IOException {
        copy(open);
        String suffix = SUFFIXES.get(random.nextInt(SUFFIXES.size()));
        Path file = Path.of(store + suffix);
        Damage damage = Damage.of(Files.readAllBytes(file), random);
        Files.write(file, damage.bytes());
        inspect("while open, the file" + suffix + ", " + damage.what(), HIDING_AND_GOING_BACK);
        tally.count("damaged files of open databases");
    }

    private void damageRow(SplittableRandom random) throws SQLException, IOException {
        copy(closed);
        List<String> keys = List.copyOf(contents.values().keySet());
        String key = keys.get(random.nextInt(keys.size()));
        String hidden;
        String what;
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store)) {
            what = key.substring(0, Math.min(20, key.length())) + ", ";
            hidden = "";
            switch (random.nextInt(5)) {
                case 0 -> what += damageNumber(connection, "ver", key, random);
                case 1 -> {
                    what += damageNumber(connection, "exp", key, random);
                    hidden = isWholeDeadline(connection, key) ? key : "";
                }
                case 2 -> {
                    what += damageBytes(connection, "k", key, random);
                    hidden = key;
                }
                case 3 -> what += takeFrom(connection, key, keys.get(random.nextInt(keys.size())));
                default -> what += damageBytes(connection, "v", key, random);
            }
        }
        String mayMiss = hidden;
        inspect("the row of " + what, new Leniency(false, false, mayMiss::equals));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + store)) {
            requireRows(connection, hidden.isEmpty() ? keys.size() : keys.size() - 1);
        }
        tally.count("damaged columns");
    }

    private static void requireRows(Connection connection, int least) throws SQLException {
        try (ResultSet row = connection.createStatement().executeQuery("SELECT count(*) FROM entry")) {
            row.next();
            if (row.getInt(1) < least) {
                throw new AssertionError("rows were deleted: there are " + row.getInt(1));
            }
        }
    }

    private static String damageNumber(Connection connection, String column, String key, SplittableRandom random)
            throws SQLException {
        long before;
        try (PreparedStatement query = connection.prepareStatement("SELECT " + column + " FROM entry WHERE k = ?")) {
            query.setBytes(1, utf8(key));
            ResultSet row = query.executeQuery();
            row.next();
            before = row.getLong(1);
        }
        long after = before;
        while (after == before) {
            after = switch (random.nextInt(5)) {
                case 0 -> 0;
                case 1 -> -1;
                case 2 -> random.nextLong();
                case 3 -> before ^ (1L << random.nextInt(Long.SIZE)) ^ (1L << random.nextInt(Long.SIZE));
                default -> before ^ (1L << random.nextInt(Long.SIZE));
            };
        }
        update(connection, column, after, key);
        return column + " " + before + " became " + after;
    }

    private static boolean isWholeDeadline(Connection connection, String key) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT exp % 1000 = " + WHOLE + " FROM entry WHERE k = ?")) {
            query.setBytes(1, utf8(key));
            ResultSet row = query.executeQuery();
            row.next();
            return row.getBoolean(1);
        }
    }

    private String damageBytes(Connection connection, String column, String key, SplittableRandom random)
            throws SQLException {
        byte[] before = column.equals("k") ? utf8(key) : contents.values().getOrDefault(key, new byte[0]);
        Damage damage = Damage.of(before, random);
        update(connection, column, damage.bytes(), key);
        return column + " " + damage.what();
    }

    private static String takeFrom(Connection connection, String key, String other) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE entry SET (ver, v) = (SELECT ver, v FROM entry WHERE k = ?1) WHERE k = ?2")) {
            update.setBytes(1, utf8(other));
            update.setBytes(2, utf8(key));
            update.executeUpdate();
        }
        return "version and value of " + other.substring(0, Math.min(20, other.length()));
    }

    private static void update(Connection connection, String column, Object value, String key) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE OR IGNORE entry SET " + column + " = ? WHERE k = ?")) {
            update.setObject(1, value);
            update.setBytes(2, utf8(key));
            update.executeUpdate();
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
