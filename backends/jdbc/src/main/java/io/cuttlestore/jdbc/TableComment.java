package io.cuttlestore.jdbc;

import io.cuttlestore.IncompatibleStoreException;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The comment of a table of ours: {@code cuttlestore}, the version of its format, and the id of the store. */
public final class TableComment {
    private static final int FORMAT = 1;
    private static final Pattern COMMENT = Pattern.compile("cuttlestore (\\d+) ([0-9a-f]{16})");

    private TableComment() {}

    /** That of a new table. */
    public static String fresh() {
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        return "cuttlestore " + FORMAT + " " + id;
    }

    /**
     * The id of the store in a table.
     *
     * @param where what messages call it
     * @param shape its columns
     * @param wanted what they should be
     * @throws IncompatibleStoreException if it is not ours, or not as we made it
     */
    public static String storeId(String where, @Nullable String comment, @Nullable String shape, String wanted) {
        Matcher matcher = COMMENT.matcher(String.valueOf(comment));
        if (!matcher.matches()) {
            throw new IncompatibleStoreException(
                    where + " is a table of another application, since it lacks our comment;"
                            + " name one of its own in option 'table'. It is left as it is");
        }
        if (Long.parseLong(matcher.group(1)) != FORMAT) {
            throw new IncompatibleStoreException(where + " has format " + matcher.group(1)
                    + ", and this version of Cuttlestore knows format " + FORMAT
                    + " only; use the version that wrote it. It is left as it is");
        }
        if (!wanted.equals(shape)) {
            throw new IncompatibleStoreException(where + " has been altered: its columns are " + shape
                    + " and should be " + wanted + ". It is left as it is");
        }
        return matcher.group(2);
    }
}
