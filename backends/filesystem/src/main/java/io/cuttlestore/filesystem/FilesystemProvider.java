package io.cuttlestore.filesystem;

import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendProvider;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.NetworkFileSystems;
import io.cuttlestore.spi.OpenContext;
import io.cuttlestore.spi.Option;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Opens folders: {@code filesystem://./relative}, {@code filesystem:///absolute}. Thread-safe. */
public final class FilesystemProvider implements BackendProvider {
    static final String NAME = "filesystem";

    private enum Survives {
        PROCESS,
        POWER
    }

    private static final Option<Survives> DURABILITY = Option.choice(
            "durability", Survives.class, "what a write survives: the end of the process, or a power cut too");

    /** For {@link java.util.ServiceLoader}. */
    public FilesystemProvider() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> schemes() {
        return List.of(NAME);
    }

    @Override
    public List<Option<?>> options() {
        return List.of(DURABILITY, NetworkFileSystems.ALLOWED);
    }

    @Override
    public Backend open(ConnectionString string, OpenContext context) {
        Path path = path(string.place());
        boolean power = string.option(DURABILITY).orElse(Survives.PROCESS) == Survives.POWER;
        try {
            NetworkFileSystems.refuse(path, string);
            if (!context.mayCreate()) {
                StoreFolder.requireExisting(path);
            }
            return new FilesystemBackend(OpenFolder.open(StoreFolder.prepare(path), context, power));
        } catch (IOException e) {
            throw Failures.of("open the store", path, e);
        }
    }

    private static Path path(String place) {
        if (place.isEmpty()) {
            throw new InvalidConnectionStringException(
                    "the connection string names no folder: filesystem://./relative or filesystem:///absolute was expected");
        }
        try {
            return Path.of(place);
        } catch (InvalidPathException e) {
            throw new InvalidConnectionStringException(
                    "the connection string names no possible folder: " + e.getReason());
        }
    }
}
