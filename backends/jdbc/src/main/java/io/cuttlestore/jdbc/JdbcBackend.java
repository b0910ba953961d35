package io.cuttlestore.jdbc;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.ClockSource;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Durability;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.Limits;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.Traits;
import io.cuttlestore.TripCost;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Trips;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Entries as rows of a table of a database. Thread-safe. */
final class JdbcBackend implements Backend {
    private static final char REPLACEMENT = '\uFFFD'; // what stands for bytes that are not UTF-8

    private final Settings settings;
    private final Database database;
    private final Failures failures;
    private final Pool pool;
    private final Table table;
    private final Capabilities capabilities;

    private JdbcBackend(Settings settings, Database database, Pool pool, Table table, Traits traits) {
        this.settings = settings;
        this.database = database;
        this.failures = database.failures();
        this.pool = pool;
        this.table = table;
        this.capabilities = capabilities(traits, table);
    }

    private static Capabilities capabilities(Traits traits, Table table) {
        return Capabilities.builder(traits, Limits.ofValues(table.maxValueBytes()))
                .natively(
                        Capability.CONDITIONAL,
                        Capability.CHEAP_TOUCH,
                        Capability.SCAN,
                        Capability.EXACT_SCAN,
                        Capability.ORDERED_SCAN,
                        Capability.PREFIX_SEEK,
                        Capability.ATOMIC_BATCH,
                        Capability.SHARED,
                        Capability.NO_EVICTION,
                        Capability.PLAIN_VALUES)
                .emulated(Capability.TTL)
                .build();
    }

    /**
     * Connects, finds the table or makes it.
     *
     * @param name that of the backend
     * @throws CuttlestoreException if it can't; nothing stays open then
     */
    static JdbcBackend open(String name, Settings settings, Database database, boolean mayCreate, Deadline deadline) {
        Pool pool = new Pool(database, settings);
        try {
            return pool.lend(deadline, connection -> {
                Table table = findOrMake(settings, database, mayCreate, connection);
                String server = database.server(connection);
                Traits traits = new Traits(name, server, Durability.SERVER, ClockSource.SERVER, TripCost.DEAR, false);
                return new JdbcBackend(settings, database, pool, table, traits);
            });
        } catch (SQLException e) {
            pool.close();
            throw database.failures().of("opening " + settings.address(), false, deadline, e);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static Table findOrMake(Settings settings, Database database, boolean mayCreate, Connection connection)
            throws SQLException {
        Table found = database.find(connection);
        if (found != null) {
            return found;
        }
        String where = settings.address() + "?table=" + settings.table();
        if (!mayCreate) {
            throw new InvalidConnectionStringException("there is no store at " + where + "; check database and table");
        }
        database.make(connection);
        Table made = database.find(connection);
        if (made == null) {
            throw new IncompatibleStoreException(
                    where + " was made and can't be found; if it has a schema, name it in option 'table'");
        }
        return made;
    }

    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        Deadline deadline = command.deadline();
        try {
            return reply(command, carryOut(Kind.of(command), List.of(command), deadline));
        } catch (SQLException e) {
            throw failure(command, deadline, e);
        }
    }

    /**
     * Makes a trip for each kind of command. A round of them ends before it is too large, and before a key of its own, unless
     * that is only read.
     */
    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        Map<Kind, List<Call<?>>> round = new EnumMap<>(Kind.class);
        Set<Key> keys = new HashSet<>(2 * calls.size());
        Set<Key> written = new HashSet<>();
        long bytes = 0;
        for (Call<?> call : calls) {
            Command<?> command = call.command();
            Set<Key> inTheWay = command.isWrite() ? keys : written;
            if (inTheWay.contains(command.key()) || bytes + size(command) > table.maxTripBytes()) {
                carryOut(round, calls);
                round.clear();
                keys.clear();
                written.clear();
                bytes = 0;
            }
            bytes += size(command);
            keys.add(command.key());
            if (command.isWrite()) {
                written.add(command.key());
            }
            round.computeIfAbsent(Kind.of(call.command()), kind -> new ArrayList<>())
                    .add(call);
        }
        carryOut(round, calls);
    }

    private static long size(Command<?> command) {
        long value = command instanceof Put put ? put.payload().encodedLength() : 0;
        return value + command.key().utf8().length;
    }

    private void carryOut(Map<Kind, List<Call<?>>> round, List<? extends Call<?>> calls) {
        Deadline deadline =
                calls.isEmpty() ? Deadline.NONE : calls.get(0).command().deadline();
        round.forEach((kind, group) -> answer(kind, group, deadline));
    }

    private void answer(Kind kind, List<Call<?>> group, Deadline deadline) {
        Map<ByteBuffer, Row> rows;
        try {
            rows = carryOut(kind, group.stream().map(Call::command).toList(), deadline);
        } catch (SQLException e) {
            if (group.size() > 1 && failures.mayBeOfOneCommand(e)) {
                group.forEach(call -> answer(kind, List.of(call), deadline));
            } else {
                group.forEach(call -> call.fail(failure(call.command(), deadline, e)));
            }
            return;
        } catch (CuttlestoreException e) {
            group.forEach(call -> call.fail(e));
            return;
        } catch (RuntimeException e) {
            group.forEach(call -> call.fail(new StoreFailedException(location() + " failed unexpectedly", e)));
            return;
        }
        group.forEach(call -> complete(call, rows));
    }

    private static <R extends @Nullable Object> void complete(Call<R> call, Map<ByteBuffer, Row> rows) {
        call.complete(reply(call.command(), rows));
    }

    private static <R extends @Nullable Object> R reply(Command<R> command, Map<ByteBuffer, Row> rows) {
        return command.on(new Reply(rows.get(ByteBuffer.wrap(command.key().utf8()))));
    }

    private CuttlestoreException failure(Command<?> command, Deadline deadline, SQLException e) {
        return failures.of(failures.subject(command), command.isWrite(), deadline, e);
    }

    private Map<ByteBuffer, Row> carryOut(Kind kind, List<? extends Command<?>> commands, Deadline deadline)
            throws SQLException {
        Pool.Work<Map<ByteBuffer, Row>> work = connection -> table.carryOut(kind, commands, connection);
        if (kind.writes()) {
            return commands.size() == 1 ? write(deadline, work) : pool.lend(deadline, work);
        }
        return read(deadline, work);
    }

    /** Does something that changes rows, again as long as others are in its way. */
    private <R extends @Nullable Object> R write(Deadline deadline, Pool.Work<R> work) throws SQLException {
        while (true) {
            try {
                return pool.lend(deadline, work);
            } catch (SQLException e) {
                if (!failures.isConflict(e) || deadline.hasPassed()) {
                    throw e;
                }
            }
        }
    }

    /** Does something that only reads, once more if the connection broke. */
    private <R extends @Nullable Object> R read(Deadline deadline, Pool.Work<R> work) throws SQLException {
        try {
            return pool.lend(deadline, work);
        } catch (SQLException e) {
            if (!failures.isLost(e) || deadline.hasPassed()) {
                throw e;
            }
            return pool.lend(deadline, work);
        }
    }

    @Override
    public ScanPage page(ScanRequest request) {
        return page(request, KeyRange.of(request, request.cursor()), request.keysOnly());
    }

    private ScanPage page(ScanRequest request, KeyRange range, boolean keysOnly) {
        int size = request.pageSize();
        List<Row> rows;
        try {
            rows = read(request.deadline(), connection -> table.page(range, size, keysOnly, connection));
        } catch (SQLException e) {
            throw failures.of("scanning " + location(), false, request.deadline(), e);
        }
        List<ScanEntry> entries = new ArrayList<>(rows.size());
        long bytes = 0;
        for (Row row : rows) {
            bytes += row.payload().encodedLength();
            String key = keyOf(row);
            if (key != null) {
                entries.add(new ScanEntry(key, keysOnly ? Stored.present() : row));
            }
        }
        boolean isFull = rows.size() == size || bytes >= Table.LARGE_PAGE_BYTES;
        return new ScanPage(
                entries,
                isFull ? KeyRange.positionOf(rows.get(rows.size() - 1).key().array()) : null);
    }

    /** The stored key of a row; {@code null}, with a warning, if the row is not one that we wrote. */
    private static @Nullable String keyOf(Row row) {
        byte[] k = row.key().array();
        String key = new String(k, StandardCharsets.UTF_8);
        if (key.indexOf(REPLACEMENT) < 0 || Arrays.equals(key.getBytes(StandardCharsets.UTF_8), k)) {
            return key;
        }
        System.getLogger(JdbcBackend.class.getName())
                .log(Level.WARNING, "skipped a row whose key is not UTF-8: x''{0}''", KeyRange.positionOf(k));
        return null;
    }

    /**
     * Deletes a page of a prefix, up to the key that was the last when the clearing began: otherwise a writer that is faster
     * could keep it going for ever.
     */
    @Override
    public @Nullable String clear(ScanRequest request) {
        KeyRange all = KeyRange.of(request, null);
        String cursor = request.cursor();
        String end = cursor == null ? end(request, all) : cursor.substring(0, dot(cursor));
        if (end == null) {
            return null;
        }
        KeyRange rest = cursor == null ? all : KeyRange.of(request, cursor.substring(dot(cursor) + 1));
        ScanPage page = page(request, rest.upTo(end), true);
        if (!page.entries().isEmpty()) {
            delete(page.entries(), request.deadline());
        }
        return page.next() == null ? null : end + "." + page.next();
    }

    private static int dot(String cursor) {
        int dot = cursor.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("the cursor does not come from this store");
        }
        return dot;
    }

    @SuppressWarnings("NullAway") // the result may be null, which NullAway does not see through the type argument
    private @Nullable String end(ScanRequest request, KeyRange range) {
        try {
            byte[] last = read(request.deadline(), connection -> table.last(range, connection));
            return last == null ? null : KeyRange.positionOf(last);
        } catch (SQLException e) {
            throw failures.of("clearing " + location(), false, request.deadline(), e);
        }
    }

    private void delete(List<ScanEntry> entries, Deadline deadline) {
        List<byte[]> keys = entries.stream()
                .map(entry -> entry.key().getBytes(StandardCharsets.UTF_8))
                .toList();
        try {
            write(deadline, connection -> table.delete(keys, connection));
        } catch (SQLException e) {
            throw failures.of("clearing " + location(), true, deadline, e);
        }
    }

    @Override
    public int deleteExpired(int max, Deadline deadline) {
        try {
            return write(deadline, connection -> table.deleteExpired(max, connection));
        } catch (SQLException e) {
            throw failures.of("sweeping " + location(), false, deadline, e);
        }
    }

    /** Two statements: one is filled while the other is answered. */
    @Override
    public Trips trips() {
        return Trips.shared(2, 2);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public String storeId() {
        return table.storeId();
    }

    @Override
    public String location() {
        return settings.address() + "?table=" + table.name();
    }

    @Override
    public void ping(Deadline deadline) {
        try {
            read(deadline, connection -> {
                try (Statement statement = connection.createStatement()) {
                    return statement.execute("SELECT 1");
                }
            });
        } catch (SQLException e) {
            throw failures.of("ping of " + location(), false, deadline, e);
        }
    }

    /** A {@link DataSource} of connections that the application opens and closes itself. */
    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        Object source = database.ofApplication();
        return type.isInstance(source) ? type.cast(source) : null;
    }

    @Override
    public void close() {
        pool.close();
    }
}
