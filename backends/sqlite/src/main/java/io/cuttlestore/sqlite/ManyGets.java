package io.cuttlestore.sqlite;

import io.cuttlestore.spi.Get;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The queries that read many entries. They join the keys, numbered from 0, with the table, and tell the entries apart by
 * the number.
 */
final class ManyGets {
    private static final int MOST_AT_ONCE = 128;
    private static final List<ManyGets> KINDS = List.of(
            new ManyGets(Get.Want.EXISTENCE, ""),
            new ManyGets(Get.Want.VALUE, ", " + Queries.VALUE_COLUMNS),
            new ManyGets(Get.Want.ENTRY, ", " + Queries.ENTRY_COLUMNS));

    private final Get.Want want;

    /** For 1 key, 2, 4, 8, ... A place without a key is {@code NULL}, which equals nothing. */
    private final List<String> queries;

    private ManyGets(Get.Want want, String columns) {
        this.want = want;
        this.queries = IntStream.iterate(1, places -> places <= MOST_AT_ONCE, places -> 2 * places)
                .mapToObj(places -> query(places, columns))
                .toList();
    }

    static String query(int places, String columns) {
        String keys = IntStream.range(0, places)
                .mapToObj(number -> "(" + number + ", ?" + (number + 2) + ")")
                .collect(Collectors.joining(", "));
        return "WITH wanted (number, key) AS (VALUES " + keys + ") SELECT number" + columns
                + " FROM wanted CROSS JOIN entry ON k = key WHERE " + Queries.isThere("?1");
    }

    /** Reads as much of each entry as is wanted; returns the replies in the order of the reads. */
    static List<@Nullable Object> read(Session session, List<Get> gets, long now) throws SQLException {
        @Nullable Object[] replies = new Object[gets.size()];
        for (ManyGets kind : KINDS) {
            kind.read(session, gets, now, replies);
        }
        return Arrays.asList(replies);
    }

    private void read(Session session, List<Get> gets, long now, @Nullable Object[] replies) throws SQLException {
        int[] places = IntStream.range(0, gets.size())
                .filter(i -> gets.get(i).want() == want)
                .toArray();
        for (int begin = 0; begin < places.length; begin += MOST_AT_ONCE) {
            int count = Math.min(places.length - begin, MOST_AT_ONCE);
            int size = 32 - Integer.numberOfLeadingZeros(count - 1);
            @Nullable Object[] parameters = new Object[1 + (1 << size)];
            parameters[0] = Deadlines.toStored(now);
            for (int i = 0; i < count; i++) {
                parameters[1 + i] = gets.get(places[begin + i]).key().utf8();
            }
            try (ResultSet row = session.query(queries.get(size), parameters)) {
                while (row.next()) {
                    int place = places[begin + row.getInt(1)];
                    replies[place] = Queries.wanted(gets.get(place), row, 2);
                }
            }
        }
    }
}
