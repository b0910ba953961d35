package io.cuttlestore.testkit;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.ClockSource;
import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.Durability;
import io.cuttlestore.Limits;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.Traits;
import io.cuttlestore.TripCost;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.LoopingBackend;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The simplest backend that keeps the contract, a sorted map behind one lock, and with a {@link Fault} one that does not.
 * Each fault sits where an author would make the mistake.
 */
final class NaiveBackend extends LoopingBackend {
    private static final Comparator<String> UTF_8_ORDER =
            Comparator.comparing(key -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
    private static final int MAX_VALUE_BYTES = 1 << 20;

    private final String name;
    private final Shelf shelf;
    private final Fault fault;
    private final InstantSource clock;
    private final Capabilities capabilities;

    NaiveBackend(String name, Shelf shelf, Fault fault, Optional<Capability> lacks, InstantSource clock) {
        this.name = name;
        this.shelf = shelf;
        this.fault = fault;
        this.clock = clock;
        this.capabilities = capabilities(lacks);
        if (fault == Fault.LEAVES_A_THREAD) {
            Thread left = new Thread(LockSupport::park, "left by the naive backend");
            left.setDaemon(true);
            left.start();
        }
    }

    private Capabilities capabilities(Optional<Capability> lacks) {
        Traits traits = new Traits("naive", "TreeMap", Durability.PROCESS, ClockSource.CLIENT, TripCost.NONE, false);
        Capabilities.Builder builder = Capabilities.builder(traits, Limits.ofValues(MAX_VALUE_BYTES));
        NaiveKitTest.capabilitiesWithout(lacks).forEach(capability -> {
            if (capability == Capability.TTL) {
                builder.emulated(capability);
            } else {
                builder.natively(capability);
            }
        });
        return (fault == Fault.DECLARES_TOO_MUCH ? builder.natively(Capability.ATOMIC_BATCH) : builder).build();
    }

    /** What is stored under a key; no entry if it has no bytes. */
    private record Node(byte @Nullable [] bytes, long number, long expiresAt) implements Stored {
        boolean isForeign() {
            return bytes == null;
        }

        @Override
        public Payload payload() {
            return Payload.of(bytes == null ? new byte[0] : bytes);
        }

        @Override
        public String version() {
            return Long.toString(number);
        }

        Node expiring(long deadline, long newNumber) {
            return new Node(bytes, newNumber, deadline);
        }
    }

    /** A store: all connections of one name share it. */
    static final class Shelf {
        private final TreeMap<String, Node> nodes;
        private final Map<String, Node> replaced = new HashMap<>();
        private long lastVersion;
        private int reads;
        private int sweeps;

        Shelf(Fault fault) {
            this.nodes = new TreeMap<>(fault == Fault.ORDER_OF_UTF_16 ? Comparator.naturalOrder() : UTF_8_ORDER);
        }

        synchronized void plantForeign(String storedKey) {
            nodes.put(storedKey, new Node(null, 0, Stored.NEVER));
        }
    }

    private boolean is(Fault suspected) {
        return fault == suspected;
    }

    /** Lets other threads in where a faulty backend lets its lock go. */
    private static void dawdle() {
        LockSupport.parkNanos(200_000);
    }

    private boolean isLive(Node node) {
        return is(Fault.LATE_DEADLINE) ? node.expiresAt() >= clock.millis() : node.expiresAt() > clock.millis();
    }

    private String stored(Key key) {
        String stored = key.stored();
        return switch (fault) {
            case NAMESPACES_ARE_JOINED -> stored.replace("%3A", ":").replace("%25", "%");
            case KEYS_FOLD_CASE -> stored.toLowerCase(Locale.ROOT);
            case KEYS_ARE_NORMALISED -> Normalizer.normalize(stored, Normalizer.Form.NFC);
            case KEYS_ARE_NUMBERS -> stored.matches("[0-9]{1,9}") ? String.valueOf(Integer.parseInt(stored)) : stored;
            case KEYS_ARE_TRIMMED -> stored.strip();
            case KEYS_END_AT_NUL -> stored.substring(0, stored.indexOf(0) < 0 ? stored.length() : stored.indexOf(0));
            case KEYS_END_AFTER_255 -> stored.substring(0, Math.min(255, stored.length()));
            default -> stored;
        };
    }

    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        if (is(Fault.SWALLOWS_INTERRUPTS)) {
            Thread.interrupted();
        }
        return command.on(this);
    }

    @Override
    public @Nullable Stored get(Get get) {
        String key = stored(get.key());
        Node node;
        synchronized (shelf) {
            boolean stale = is(Fault.READS_ARE_STALE) && ++shelf.reads % 5 == 0;
            node = stale ? shelf.replaced.get(key) : shelf.nodes.get(key);
        }
        if (node == null || is(Fault.EMPTY_VALUE_IS_ABSENT) && node.payload().bytes().length == 0) {
            return null;
        }
        if (is(Fault.FOREIGN_IS_DELETED) && node.isForeign()) {
            synchronized (shelf) {
                shelf.nodes.remove(key);
            }
        }
        if (is(Fault.EXPIRY_REMOVES_FRESH_PUTS) && !isLive(node)) {
            dawdle();
            synchronized (shelf) {
                shelf.nodes.remove(key);
            }
        }
        return isLive(entry(get.key(), node)) ? node : null;
    }

    private Node entry(Key key, Node node) {
        if (node.isForeign()) {
            throw new CorruptEntryException("what lies under the key '" + key + "' is no entry; it is left there");
        }
        return node;
    }

    private @Nullable Node live(Key key) {
        Node node = shelf.nodes.get(stored(key));
        if (node != null && node.isForeign() && is(Fault.FOREIGN_IS_ABSENT_TO_CONDITIONS)) {
            return null;
        }
        return node != null && isLive(entry(key, node)) ? node : null;
    }

    private boolean holds(Condition condition, Key key) {
        if (condition == Condition.ALWAYS) {
            return true;
        }
        Node live = live(key);
        if (condition instanceof Condition.IfVersion seen) {
            if (live == null) {
                return is(Fault.REPLACE_MAKES_WHAT_IS_MISSING);
            }
            return is(Fault.REPLACE_IGNORES_THE_VERSION) || live.version().equals(seen.token());
        }
        return is(Fault.PUT_IF_ABSENT_SEES_THE_EXPIRED) ? !shelf.nodes.containsKey(stored(key)) : live == null;
    }

    @Override
    public boolean put(Put put) {
        boolean careless = is(Fault.GET_THEN_PUT_IF_ABSENT) && put.condition() == Condition.IF_ABSENT
                || is(Fault.GET_THEN_REPLACE) && put.condition() instanceof Condition.IfVersion;
        if (careless) {
            synchronized (shelf) {
                if (!holds(put.condition(), put.key())) {
                    return false;
                }
            }
            dawdle();
        }
        synchronized (shelf) {
            if (!careless && !holds(put.condition(), put.key())) {
                return false;
            }
            write(put);
        }
        return true;
    }

    private void write(Put put) {
        String key = stored(put.key());
        Node before = shelf.nodes.get(key);
        boolean keepsDeadOnes = is(Fault.KEEPS_THE_DEADLINE_OF_THE_EXPIRED);
        boolean keepable = before != null && !before.isForeign() && (keepsDeadOnes || isLive(before));
        long kept = before != null && keepable ? before.expiresAt() : Stored.NEVER;
        Node after = new Node(bytes(put), newVersion(put), deadline(put, kept, keepsDeadOnes));
        if (before != null) {
            shelf.replaced.put(key, before);
        }
        if (is(Fault.PUT_IS_TWO_STEPS) && before != null) {
            shelf.nodes.remove(key);
            try {
                shelf.wait(0, 200_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (is(Fault.DROPS_WRITES_AT_RANDOM) && shelf.lastVersion % 11 == 0) {
            return;
        }
        if (after.expiresAt() > clock.millis()) {
            shelf.nodes.put(key, after);
        } else if (!is(Fault.IGNORES_PAST_INSTANTS)) {
            shelf.nodes.remove(key);
        }
    }

    private byte[] bytes(Put put) {
        byte[] bytes = put.payload().bytes();
        return switch (fault) {
            case VALUES_ARE_TEXT -> new String(bytes, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
            case VALUES_ARE_CUT -> Arrays.copyOf(bytes, Math.min(bytes.length, 1 << 16));
            default -> bytes;
        };
    }

    private long newVersion(Put put) {
        shelf.lastVersion++;
        return switch (fault) {
            case VERSION_IS_THE_LENGTH -> put.payload().bytes().length;
            case VERSIONS_START_AGAIN -> {
                Node before = shelf.nodes.get(stored(put.key()));
                yield before == null ? 1 : before.number() + 1;
            }
            default -> shelf.lastVersion;
        };
    }

    private long deadline(Put put, long kept, boolean keepsDeadOnes) {
        long now = clock.millis();
        Expiry expiry = put.expiry();
        if (is(Fault.UPDATE_LOSES_THE_DEADLINE) && put.condition() instanceof Condition.IfVersion) {
            return Stored.NEVER;
        }
        if (is(Fault.PUT_KEEPS_THE_DEADLINE) && expiry == Expiry.NEVER) {
            return kept;
        }
        if (is(Fault.DEADLINES_OVERFLOW)
                && expiry == Expiry.NEVER
                && put.payload().bytes().length == 1) {
            return now + Long.MAX_VALUE;
        }
        long deadline = expiry.deadline(now, kept);
        if (is(Fault.DEADLINES_IN_SECONDS) && deadline != Stored.NEVER) {
            return deadline / 1000 * 1000;
        }
        return keepsDeadOnes && expiry == Expiry.KEEP && kept <= now ? now + 60_000 : deadline;
    }

    @Override
    public DeleteResult delete(Delete delete) {
        if (is(Fault.GET_THEN_DELETE) && delete.wantsOld()) {
            Node seen;
            synchronized (shelf) {
                seen = live(delete.key());
            }
            dawdle();
            synchronized (shelf) {
                shelf.nodes.remove(stored(delete.key()));
            }
            return seen == null ? DeleteResult.NONE : new DeleteResult(true, seen);
        }
        synchronized (shelf) {
            return deleteInOneStep(delete);
        }
    }

    private DeleteResult deleteInOneStep(Delete delete) {
        String key = stored(delete.key());
        if (is(Fault.DELETE_OF_A_MISSING_KEY_FAILS) && !shelf.nodes.containsKey(key)) {
            throw new StoreFailedException("there is no file of that name", null);
        }
        if (delete.condition() == Condition.ALWAYS && !delete.wantsOld()) {
            Node gone = shelf.nodes.remove(key);
            return gone != null && isLive(gone) ? DeleteResult.DELETED : DeleteResult.NONE;
        }
        Node live = live(delete.key());
        if (live == null || !holds(delete.condition(), delete.key())) {
            return DeleteResult.NONE;
        }
        shelf.nodes.remove(key);
        return new DeleteResult(true, live);
    }

    @Override
    public boolean touch(Touch touch) {
        String key = stored(touch.key());
        Node before;
        synchronized (shelf) {
            before = is(Fault.TOUCH_REVIVES) ? shelf.nodes.get(key) : live(touch.key());
            if (before == null) {
                return false;
            }
            if (!is(Fault.TOUCH_LOSES_PUTS)) {
                touch(key, before, touch.expiry());
                return true;
            }
        }
        dawdle();
        synchronized (shelf) {
            touch(key, before, touch.expiry());
        }
        return true;
    }

    private void touch(String key, Node before, Expiry expiry) {
        long number = is(Fault.TOUCH_CHANGES_THE_VERSION) ? ++shelf.lastVersion : before.number();
        shelf.nodes.put(key, before.expiring(expiry.deadline(clock.millis(), before.expiresAt()), number));
    }

    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        if (is(Fault.BATCH_MIXES_REPLIES) && calls.size() > 1) {
            mixReplies(calls);
            return;
        }
        if (is(Fault.BATCH_DROPS_THE_LAST) && calls.size() > 1 && calls.get(0).command() instanceof Put) {
            super.executeAll(calls.subList(0, calls.size() - 1));
            pretend(calls.get(calls.size() - 1));
            return;
        }
        super.executeAll(calls);
    }

    /** Gives each call the reply of its neighbour. */
    @SuppressWarnings("unchecked")
    private void mixReplies(List<? extends Call<?>> calls) {
        for (int i = 0; i < calls.size(); i++) {
            ((Call<Object>) calls.get(i))
                    .complete(execute(calls.get((i + 1) % calls.size()).command()));
        }
    }

    @SuppressWarnings("unchecked")
    private static void pretend(Call<?> call) {
        ((Call<Object>) call).complete(true);
    }

    @Override
    public ScanPage page(ScanRequest request) {
        synchronized (shelf) {
            List<ScanEntry> entries = new ArrayList<>();
            int skipped = 0;
            for (Map.Entry<String, Node> node : behind(request.cursor()).entrySet()) {
                if (is(Fault.FOREIGN_ENDS_THE_SCAN) && node.getValue().isForeign()) {
                    return new ScanPage(entries, null);
                }
                if (!isVisible(node.getValue()) || !matches(node.getKey(), request.prefix())) {
                    continue;
                }
                if (is(Fault.CURSOR_IS_AN_OFFSET) && request.cursor() != null && skipped++ < offset(request)) {
                    continue;
                }
                if (entries.size() == request.pageSize()) {
                    return new ScanPage(entries, next(request, entries));
                }
                entries.add(new ScanEntry(node.getKey(), node.getValue()));
            }
            return new ScanPage(entries, null);
        }
    }

    private Map<String, Node> behind(@Nullable String cursor) {
        if (cursor == null || is(Fault.CURSOR_IS_AN_OFFSET)) {
            return shelf.nodes;
        }
        Map<String, Node> rest = shelf.nodes.tailMap(cursor, is(Fault.SCAN_REPEATS));
        if (is(Fault.SCAN_MISSES)) {
            return shelf.nodes.tailMap(rest.keySet().iterator().next(), false);
        }
        return rest;
    }

    private String next(ScanRequest request, List<ScanEntry> entries) {
        if (is(Fault.CURSOR_IS_AN_OFFSET)) {
            return String.valueOf(offset(request) + entries.size());
        }
        String last = entries.get(entries.size() - 1).key();
        return is(Fault.SCAN_REPEATS) && last.equals(request.cursor()) ? last + "\0" : last;
    }

    private static int offset(ScanRequest request) {
        String cursor = request.cursor();
        return cursor == null ? 0 : Integer.parseInt(cursor);
    }

    private boolean isVisible(Node node) {
        return !node.isForeign() && (is(Fault.SCAN_SHOWS_THE_EXPIRED) || isLive(node));
    }

    private boolean matches(String key, String prefix) {
        return switch (fault) {
            case PREFIX_IS_A_PATTERN ->
                Pattern.compile(
                                Pattern.quote(prefix).replace("*", "\\E.*\\Q").replace("_", "\\E.\\Q") + ".*",
                                Pattern.DOTALL)
                        .matcher(key)
                        .matches();
            case PREFIX_FOLDS_CASE -> key.regionMatches(true, 0, prefix, 0, prefix.length());
            default -> key.startsWith(prefix);
        };
    }

    @Override
    public @Nullable String clear(ScanRequest request) {
        String prefix = request.prefix();
        boolean careless = is(Fault.CLEAR_TAKES_NEIGHBOURS) && prefix.endsWith(":");
        String taken = careless ? prefix.substring(0, prefix.length() - 1) : prefix;
        synchronized (shelf) {
            shelf.nodes
                    .entrySet()
                    .removeIf(node ->
                            !node.getValue().isForeign() && node.getKey().startsWith(taken));
        }
        return null;
    }

    @Override
    public int deleteExpired(int max, Deadline deadline) {
        List<String> expired;
        synchronized (shelf) {
            if (is(Fault.SWEEPS_ONCE) && shelf.sweeps++ > 0) {
                return 0;
            }
            expired = shelf.nodes.entrySet().stream()
                    .filter(node -> mayBeSwept(node.getValue()))
                    .limit(is(Fault.SWEEP_EXCEEDS_THE_BATCH) ? Long.MAX_VALUE : max)
                    .map(Map.Entry::getKey)
                    .toList();
            if (!is(Fault.SWEEP_REMOVES_FRESH_PUTS) && !is(Fault.SWEEP_ONLY_COUNTS)) {
                expired.forEach(shelf.nodes::remove);
            }
        }
        if (is(Fault.SWEEP_REMOVES_FRESH_PUTS) && !expired.isEmpty()) {
            dawdle();
            synchronized (shelf) {
                expired.forEach(shelf.nodes::remove);
            }
        }
        return expired.size();
    }

    private boolean mayBeSwept(Node node) {
        return is(Fault.SWEEP_REMOVES_WHATEVER_HAS_A_DEADLINE) ? node.expiresAt() != Stored.NEVER : !isLive(node);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public String storeId() {
        return "naive-" + Integer.toHexString(name.hashCode());
    }

    @Override
    public String location() {
        return "naive://" + name;
    }

    @Override
    public void ping(Deadline deadline) {}

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return null;
    }

    @Override
    public void close() {
        if (is(Fault.FORGETS_ON_CLOSE)) {
            synchronized (shelf) {
                shelf.nodes.clear();
            }
        }
    }
}
