package io.cuttlestore.sqlite;

import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.StoreFailedException;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;

/** The format of the database file: see docs/formats.md. */
final class Schema {
    /** "Cutl" in ASCII, in the field that SQLite keeps for telling applications apart. */
    static final int APPLICATION_ID = 0x4375746C;

    /** The version of the format, in SQLite's {@code user_version}. */
    static final int FORMAT = 2;

    /** The {@code exp} of an entry that does not expire. */
    static final long NEVER = Long.MAX_VALUE;

    /**
     * {@code v} comes last, so that version and deadline of a large value are read without it. Deadlines are in thousandths
     * of milliseconds: like {@link #NEVER} they take eight bytes, so that a touch never changes the length of a row, and
     * SQLite overwrites it in place instead of writing a large value again.
     */
    private static final List<String> DEFINITION = List.of(
            "CREATE TABLE meta (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
            "INSERT INTO meta VALUES ('store-id', lower(hex(randomblob(8))))",
            "CREATE TABLE entry (k BLOB NOT NULL UNIQUE, ver INTEGER NOT NULL, exp INTEGER NOT NULL, v BLOB NOT NULL) STRICT",
            "CREATE INDEX entry_exp ON entry (exp) WHERE exp < " + NEVER,
            "PRAGMA application_id = " + APPLICATION_ID,
            "PRAGMA user_version = " + FORMAT);

    private static final Pattern STORE_ID = Pattern.compile("[0-9a-f]{16}");

    private Schema() {}

    /**
     * Whether the database is one of ours.
     *
     * @return {@code false} if it is still empty
     * @throws IncompatibleStoreException if it is another application's, or of a newer format
     */
    static boolean isPresent(Session session, String location) throws SQLException {
        int application = Integer.parseInt(session.single("PRAGMA application_id"));
        int format = Integer.parseInt(session.single("PRAGMA user_version"));
        if (application == APPLICATION_ID) {
            if (format != FORMAT) {
                throw new IncompatibleStoreException(location + " has format " + format
                        + ", and this version of Cuttlestore knows format " + FORMAT
                        + " only; use the version that wrote it. It is left as it is");
            }
            return true;
        }
        boolean empty = session.single("SELECT count(*) FROM sqlite_schema").equals("0");
        if (application != 0 || format != 0 || !empty) {
            throw new IncompatibleStoreException(location
                    + " is the SQLite database of another application; name a file of its own. It is left as it is");
        }
        return false;
    }

    /** Makes an empty database one of ours, unless another process is faster. */
    static void create(Session session, String location) throws SQLException {
        session.execute("BEGIN IMMEDIATE");
        try {
            if (!isPresent(session, location)) {
                for (String statement : DEFINITION) {
                    session.execute(statement);
                }
            }
            session.execute("COMMIT");
        } catch (SQLException | RuntimeException e) {
            session.rollback();
            throw e;
        }
    }

    static String storeId(Session session) throws SQLException {
        String id = session.single("SELECT value FROM meta WHERE name = 'store-id'");
        if (!STORE_ID.matcher(String.valueOf(id)).matches()) {
            throw new StoreFailedException("the id of a SQLite store is damaged; look at the file with"
                    + " PRAGMA integrity_check and restore a backup");
        }
        return id;
    }
}
