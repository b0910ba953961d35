package io.cuttlestore.redis;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.CursorExpiredException;
import io.cuttlestore.Limits;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.Protocol.Keyword;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Scans with {@code SCAN}, one primary after the other (https://redis.io/docs/latest/commands/scan/). A page takes its
 * values in one trip per server. Thread-safe.
 *
 * <p>Redis itself would continue a scan after a restart or a move of slots, and skip entries. So a cursor names the
 * server process and the owners of all slots; it has expired when either has changed.
 */
final class RedisScan {
    /** The most keys that one step looks at: about 2 ms of the server's time. */
    private static final int LONGEST_STEP = 10_000;

    private static final int SHORTEST_STEP = 10;

    /** The most bytes of values in a page, unless the smallest page that there is has more. */
    private static final long MOST_BYTES = 8L << 20;

    private static final Pattern GLOB = Pattern.compile("[*?\\[\\]\\\\]");

    private final Topology topology;
    private final Dispatcher dispatcher;

    RedisScan(Topology topology, Dispatcher dispatcher) {
        this.topology = topology;
        this.dispatcher = dispatcher;
    }

    ScanPage page(ScanRequest request) {
        Step step = step(request);
        for (int size = request.pageSize() / 8; size > 0 && step.bytes() > MOST_BYTES; size /= 8) {
            step = step(
                    new ScanRequest(request.prefix(), request.cursor(), size, request.keysOnly(), request.deadline()));
        }
        List<ScanEntry> entries = request.keysOnly()
                ? step.keys().stream()
                        .map(key -> new ScanEntry(key.stored(), Stored.present()))
                        .toList()
                : entries(step.keys(), request.deadline());
        return new ScanPage(entries, step.next());
    }

    /** Deletes the entries of one page, and returns where the next one begins. */
    @Nullable
    String clear(ScanRequest request) {
        Step step = step(request);
        List<Errand<?>> deletions = new ArrayList<>();
        for (Key key : step.keys()) {
            deletions.add(new Errand<>(new Delete(key, Condition.ALWAYS, false, request.deadline())));
        }
        dispatcher.run(deletions, request.deadline());
        deletions.forEach(Errand::result);
        return step.next();
    }

    private List<ScanEntry> entries(List<Key> keys, Deadline deadline) {
        List<Errand<@Nullable Stored>> reads = new ArrayList<>();
        for (Key key : keys) {
            reads.add(new Errand<>(new Get(key, Get.Want.ENTRY, deadline)));
        }
        dispatcher.run(reads, deadline);
        List<ScanEntry> entries = new ArrayList<>();
        for (int i = 0; i < reads.size(); i++) {
            Stored stored = unlessForeign(reads.get(i));
            if (stored != null) {
                entries.add(new ScanEntry(keys.get(i).stored(), stored));
            }
        }
        return entries;
    }

    private static @Nullable Stored unlessForeign(Errand<@Nullable Stored> read) {
        try {
            return read.result();
        } catch (CorruptEntryException becameForeign) {
            return null;
        }
    }

    /** The keys of a page, how long its values are if they are wanted, and where the next one begins. */
    private record Step(
            List<Key> keys, long bytes, @Nullable String next) {}

    private Step step(ScanRequest request) {
        Deadline deadline = request.deadline();
        Layout layout = topology.layout(deadline);
        ScanPosition from = request.cursor() == null
                ? ScanPosition.start(layout.primaries().get(0))
                : ScanPosition.parse(request.cursor());
        if (!layout.primaries().contains(from.server())) {
            topology.suspect();
            throw expired("Redis at " + from.server() + " is no primary now");
        }
        NodePool pool = topology.at(from.server());
        RedisConnection connection = pool.borrow(deadline);
        try {
            return walk(connection, layout, from, request);
        } catch (JedisAccessControlException e) {
            throw new AccessDeniedException("a scan of Redis needs a user that may do scan, info"
                    + (layout.isCluster() ? " and cluster|nodes" : "") + ": '" + RedisErrors.text(e) + "'");
        } catch (JedisDataException e) {
            throw RedisErrors.reply("scanning Redis at " + from.server(), e);
        } catch (JedisException e) {
            topology.suspect();
            throw RedisErrors.lost("scanning Redis at " + from.server(), false, deadline, e);
        } finally {
            pool.giveBack(connection);
        }
    }

    /** Makes steps until the page is full, the server is through or half of the time is over. */
    private static Step walk(RedisConnection connection, Layout layout, ScanPosition from, ScanRequest request) {
        ScanPosition at = inProcess(from, connection.runId(request.deadline()));
        Set<String> names = new LinkedHashSet<>();
        int count = Math.max(SHORTEST_STEP, Math.min(request.pageSize(), LONGEST_STEP));
        long halfTime = request.deadline().remainingNanos() / 2;
        do {
            List<Object> replies = scan(connection, at, layout.isCluster(), request, count);
            at = layout.isCluster() ? withSlots(at, new ClusterSlots((byte[]) replies.get(1))) : at;
            List<?> found = (List<?>) replies.get(0);
            at = at.onwards(new String((byte[]) found.get(0), StandardCharsets.US_ASCII));
            for (Object key : (List<?>) found.get(1)) {
                addIfNameable((byte[]) key, request.prefix(), names);
            }
            count = Math.min(count * 4, LONGEST_STEP);
        } while (!at.isEnd()
                && names.size() < request.pageSize()
                && request.deadline().remainingNanos() > halfTime);
        List<Key> keys = names.stream().map(Namespace.ROOT::key).toList();
        long bytes = request.keysOnly() ? 0 : bytes(connection, keys, request.deadline());
        return new Step(keys, bytes, at.isEnd() ? nextServer(at, layout) : at.toString());
    }

    /** How long the values are together. What has become another Redis type has none. */
    private static long bytes(RedisConnection connection, List<Key> keys, Deadline deadline) {
        List<CommandArguments> lines = new ArrayList<>(keys.size());
        for (Key key : keys) {
            lines.add(new CommandArguments(Command.STRLEN).add(key.utf8()));
        }
        List<@Nullable Object> replies = new ArrayList<>(keys.size());
        connection.trip(lines, deadline, replies);
        long bytes = 0;
        for (Object reply : replies) {
            bytes += reply instanceof Long length ? length : 0;
        }
        return bytes;
    }

    private static List<Object> scan(
            RedisConnection connection, ScanPosition at, boolean cluster, ScanRequest request, int count) {
        CommandArguments scan = new CommandArguments(Command.SCAN).add(at.cursor());
        if (!request.prefix().isEmpty()) {
            scan.add(Keyword.MATCH).add(literally(request.prefix()) + "*");
        }
        scan.add(Keyword.COUNT).add(count).add(Keyword.TYPE).add("string");
        CommandArguments nodes = new CommandArguments(Command.CLUSTER).add("NODES");
        return connection.ask(cluster ? List.of(scan, nodes) : List.of(scan), request.deadline());
    }

    private static ScanPosition inProcess(ScanPosition from, String runId) {
        if (runId.isEmpty()) {
            throw new StoreFailedException("Redis at " + from.server()
                    + " does not tell its run_id, without which a scan can't notice a restart and would skip entries");
        }
        if (!from.process().isEmpty() && !from.process().equals(runId)) {
            throw expired("Redis at " + from.server() + " has been restarted");
        }
        return new ScanPosition(from.server(), runId, from.slots(), from.cursor());
    }

    private static ScanPosition withSlots(ScanPosition at, ClusterSlots now) {
        if (now.areMoving()) {
            throw new StoreUnavailableException("Redis at " + at.server()
                    + " is moving slots of its cluster, so that a scan would skip entries; scan when it has finished");
        }
        if (!at.slots().isEmpty() && !at.slots().equals(now.digest())) {
            throw expired("slots of the Redis cluster have moved");
        }
        return new ScanPosition(at.server(), at.process(), now.digest(), at.cursor());
    }

    private static @Nullable String nextServer(ScanPosition at, Layout layout) {
        int next = layout.primaries().indexOf(at.server()) + 1;
        return next < layout.primaries().size()
                ? new ScanPosition(layout.primaries().get(next), "", at.slots(), "0").toString()
                : null;
    }

    private static CursorExpiredException expired(String why) {
        return new CursorExpiredException("the scan can't go on as " + why + "; begin it again");
    }

    /** Keys of other programs that are no text, or too long, have no name here and are left alone. */
    private static void addIfNameable(byte[] key, String prefix, Set<String> names) {
        String name = new String(key, StandardCharsets.UTF_8);
        if (key.length > 0
                && key.length <= Limits.MAX_KEY_BYTES
                && name.startsWith(prefix)
                && Arrays.equals(name.getBytes(StandardCharsets.UTF_8), key)) {
            names.add(name);
        }
    }

    /** The pattern that matches a text and nothing else. */
    private static String literally(String text) {
        return GLOB.matcher(text).replaceAll("\\\\$0");
    }
}
