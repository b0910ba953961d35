package io.cuttlestore.postgres;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.ClockSource;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Durability;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.Limits;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.Traits;
import io.cuttlestore.TripCost;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Trips;
import java.nio.ByteBuffer;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Entries as rows of a table. Thread-safe. */
final class PostgresBackend implements Backend {
    static final String NAME = "postgres";

    /** What was tried: a value is in memory several times on its way, and a field may have 1 GB with all its digits. */
    private static final long MAX_VALUE_BYTES = 256L << 20;

    private static final int OLDEST_VERSION = 15;

    private final Settings settings;
    private final Pool pool;
    private final Table table;
    private final Capabilities capabilities;

    private PostgresBackend(Settings settings, Pool pool, Table table, String version) {
        this.settings = settings;
        this.pool = pool;
        this.table = table;
        this.capabilities = capabilities(version);
    }

    /**
     * Connects, finds the table or makes it.
     *
     * @throws CuttlestoreException if it can't; nothing stays open then
     */
    static PostgresBackend open(Settings settings, boolean mayCreate, Deadline deadline) {
        Source source = new Source(settings);
        try {
            source.connectFirst(deadline);
        } catch (SQLException e) {
            throw PostgresFailures.connecting(settings.address(), deadline, e);
        }
        Pool pool = new Pool(settings, source);
        try {
            return pool.lend(deadline, connection -> {
                String version = version(connection.getMetaData(), settings);
                return new PostgresBackend(settings, pool, Table.open(connection, settings, mayCreate), version);
            });
        } catch (SQLException e) {
            pool.close();
            throw PostgresFailures.of("opening " + settings.address(), false, deadline, e);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static String version(DatabaseMetaData server, Settings settings) throws SQLException {
        if (server.getDatabaseMajorVersion() < OLDEST_VERSION) {
            throw new IncompatibleStoreException(settings.address() + " is PostgreSQL "
                    + server.getDatabaseProductVersion() + "; version " + OLDEST_VERSION + " or later is needed");
        }
        return server.getDatabaseProductVersion();
    }

    private static Capabilities capabilities(String version) {
        Traits traits =
                new Traits(NAME, "PostgreSQL " + version, Durability.SERVER, ClockSource.SERVER, TripCost.DEAR, false);
        return Capabilities.builder(traits, Limits.ofValues(MAX_VALUE_BYTES))
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

    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        Deadline deadline = command.deadline();
        try {
            return reply(command, carryOut(Kind.of(command), List.of(command), deadline));
        } catch (SQLException e) {
            throw failure(command, deadline, e);
        }
    }

    /** Makes a trip for each kind of command, and ends a round of them before a key that is among its keys. */
    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        Map<Kind, List<Call<?>>> round = new EnumMap<>(Kind.class);
        Set<Key> keys = new HashSet<>(2 * calls.size());
        for (Call<?> call : calls) {
            if (!keys.add(call.command().key())) {
                carryOut(round, calls);
                round.clear();
                keys.clear();
                keys.add(call.command().key());
            }
            round.computeIfAbsent(Kind.of(call.command()), kind -> new ArrayList<>())
                    .add(call);
        }
        carryOut(round, calls);
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
            if (group.size() > 1 && PostgresFailures.mayBeOfOneCommand(e)) {
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

    private static CuttlestoreException failure(Command<?> command, Deadline deadline, SQLException e) {
        return PostgresFailures.of(PostgresFailures.subject(command), command.isWrite(), deadline, e);
    }

    /** Carries out commands of one kind; what only reads is done once more if the connection broke. */
    private Map<ByteBuffer, Row> carryOut(Kind kind, List<? extends Command<?>> commands, Deadline deadline)
            throws SQLException {
        Pool.Work<Map<ByteBuffer, Row>> work = connection -> kind.carryOut(commands, table, connection);
        return kind.writes() ? pool.lend(deadline, work) : read(deadline, work);
    }

    private <R extends @Nullable Object> R read(Deadline deadline, Pool.Work<R> work) throws SQLException {
        try {
            return pool.lend(deadline, work);
        } catch (SQLException e) {
            if (!PostgresFailures.isLost(e) || deadline.hasPassed()) {
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
        Deadline deadline = request.deadline();
        try {
            return read(deadline, connection -> Scan.page(connection, table, range, request.pageSize(), keysOnly));
        } catch (SQLException e) {
            throw PostgresFailures.of("scanning " + location(), false, deadline, e);
        }
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
        delete(page.entries(), request.deadline());
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
            return read(request.deadline(), connection -> Scan.end(connection, table, range));
        } catch (SQLException e) {
            throw PostgresFailures.of("clearing " + location(), false, request.deadline(), e);
        }
    }

    private void delete(List<ScanEntry> entries, Deadline deadline) {
        try {
            pool.lend(deadline, connection -> Scan.delete(connection, table, entries));
        } catch (SQLException e) {
            throw PostgresFailures.of("clearing " + location(), true, deadline, e);
        }
    }

    @Override
    public int deleteExpired(int max, Deadline deadline) {
        try {
            return pool.lend(deadline, connection -> Scan.deleteExpired(connection, table, max));
        } catch (SQLException e) {
            throw PostgresFailures.of("sweeping " + location(), false, deadline, e);
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
            read(deadline, Scan::ping);
        } catch (SQLException e) {
            throw PostgresFailures.of("ping of " + location(), false, deadline, e);
        }
    }

    /** A {@link javax.sql.DataSource} of connections that the application opens and closes itself. */
    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        Object source = Source.ofApplication(settings);
        return type.isInstance(source) ? type.cast(source) : null;
    }

    @Override
    public void close() {
        pool.close();
    }
}
