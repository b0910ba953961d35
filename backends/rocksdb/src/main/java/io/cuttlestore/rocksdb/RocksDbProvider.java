package io.cuttlestore.rocksdb;

import io.cuttlestore.Durability;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendProvider;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.NetworkFileSystems;
import io.cuttlestore.spi.OpenContext;
import io.cuttlestore.spi.Option;
import java.util.List;

/**
 * Opens RocksDB databases: {@code rocksdb://./relative}, {@code rocksdb:///absolute}. The folder, and those above it, are
 * made where there are none, for this user only. One process at a time may have a database open.
 *
 * <p>Options:
 *
 * <ul>
 *   <li>{@code durability}: what an acknowledged write survives, {@code process} (the default) or {@code power}
 *   <li>{@code memory}: how much memory RocksDB uses for blocks that were read and for writes that are not in files yet, in
 *       MiB, 8 to 1,048,576; 64 unless set
 *   <li>{@code allow-network-filesystem}: opens a folder on a network file system, which is refused without it
 * </ul>
 */
public final class RocksDbProvider implements BackendProvider {
    private enum Survives {
        PROCESS,
        POWER
    }

    private static final Option<Survives> DURABILITY = Option.choice(
            "durability", Survives.class, "what an acknowledged write survives: the process (default) or a power cut");
    private static final Option<Integer> MEMORY = Option.integer(
            "memory",
            8,
            1 << 20,
            "MiB for blocks that were read and for writes that are not in files yet; 64 unless set");

    /** For {@link java.util.ServiceLoader}. */
    public RocksDbProvider() {}

    @Override
    public String name() {
        return RocksDbBackend.NAME;
    }

    @Override
    public List<String> schemes() {
        return List.of("rocksdb");
    }

    @Override
    public List<Option<?>> options() {
        return List.of(DURABILITY, MEMORY, NetworkFileSystems.ALLOWED);
    }

    @Override
    public Backend open(ConnectionString string, OpenContext context) {
        boolean power = string.option(DURABILITY).orElse(Survives.PROCESS) == Survives.POWER;
        int memory = string.option(MEMORY).orElse(64);
        DatabaseFolder folder = DatabaseFolder.named(string.place());
        folder.refuseNetwork(string);
        if (context.mayCreate()) {
            folder.createIfMissing();
        } else {
            folder.requireExisting();
        }
        Engines.Lease lease = Engines.acquire(folder.canonical(), memory);
        return new RocksDbBackend(lease, power ? Durability.POWER : Durability.PROCESS, context.clientClock());
    }
}
