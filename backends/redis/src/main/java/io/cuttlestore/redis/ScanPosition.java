package io.cuttlestore.redis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.HostAndPort;

/**
 * Where a scan goes on. Printed as {@code SERVER/PROCESS/SLOTS/CURSOR/}. Immutable.
 *
 * @param server the primary being scanned
 * @param process the {@code run_id} of its process; empty before its first step
 * @param slots a digest of who owns which slots of the cluster; empty before the first step and without a cluster
 * @param cursor what {@code SCAN} returned last there
 */
record ScanPosition(HostAndPort server, String process, String slots, String cursor) {
    private static final Pattern FORM = Pattern.compile("(.+:\\d{1,5})/(\\w*)/([0-9a-f]*)/(\\d{1,20})/");
    private static final String START = "0";

    static ScanPosition start(HostAndPort server) {
        return new ScanPosition(server, "", "", START);
    }

    /**
     * Reads what {@link #toString()} printed.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static ScanPosition parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a cursor of a scan of Redis");
        }
        return new ScanPosition(
                HostAndPort.from(matcher.group(1)), matcher.group(2), matcher.group(3), matcher.group(4));
    }

    ScanPosition onwards(String nextCursor) {
        return new ScanPosition(server, process, slots, nextCursor);
    }

    /** Whether the server is through, once a step has been made. */
    boolean isEnd() {
        return cursor.equals(START);
    }

    @Override
    public String toString() {
        return server + "/" + process + "/" + slots + "/" + cursor + "/";
    }
}
