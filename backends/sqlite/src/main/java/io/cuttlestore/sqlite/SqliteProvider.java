package io.cuttlestore.sqlite;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendProvider;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.NetworkFileSystems;
import io.cuttlestore.spi.OpenContext;
import io.cuttlestore.spi.Option;
import java.util.List;

/**
 * Opens SQLite database files: {@code sqlite://./relative.db}, {@code sqlite:///absolute.db}. File and folders are made
 * where there are none, for this user only.
 *
 * <p>Options:
 *
 * <ul>
 *   <li>{@code durability}: what an acknowledged write survives, {@code process} (the default) or {@code power}
 *   <li>{@code readers}: how many reads may run at the same time, 1 to 64; 4 unless set
 *   <li>{@code allow-network-filesystem}: opens a file on a network file system, which is refused without it
 * </ul>
 */
public final class SqliteProvider implements BackendProvider {
    private static final Option<Synchronous> DURABILITY = Option.choice(
            "durability",
            Synchronous.class,
            "what an acknowledged write survives: the process (default) or a power cut");
    private static final Option<Integer> READERS =
            Option.integer("readers", 1, 64, "how many reads may run at the same time; 4 unless set");

    /** For {@link java.util.ServiceLoader}. */
    public SqliteProvider() {}

    @Override
    public String name() {
        return SqliteBackend.NAME;
    }

    @Override
    public List<String> schemes() {
        return List.of("sqlite");
    }

    @Override
    public List<Option<?>> options() {
        return List.of(DURABILITY, READERS, NetworkFileSystems.ALLOWED);
    }

    @Override
    public Backend open(ConnectionString string, OpenContext context) {
        Settings settings = new Settings(
                string.option(DURABILITY).orElse(Synchronous.PROCESS),
                string.option(READERS).orElse(4));
        Deadline deadline = Deadline.after(context.timeout());
        DatabaseFile file = DatabaseFile.named(string.place());
        file.refuseNetwork(string);
        if (context.mayCreate()) {
            file.createIfMissing();
        } else {
            file.requireExisting();
        }
        Engines.Lease lease = Engines.acquire(file.canonicalPath(), settings, deadline);
        return new SqliteBackend(lease, settings.synchronous().durability(), context.clientClock());
    }
}
