package io.cuttlestore.examples.backend;

import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendProvider;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.OpenContext;
import io.cuttlestore.spi.Option;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

// @start region="provider"
/** Opens {@code properties://./relative.properties} and {@code properties:///absolute.properties}. */
public final class PropertiesProvider implements BackendProvider {
    @Override
    public String name() {
        return "properties";
    }

    @Override
    public List<String> schemes() {
        return List.of("properties");
    }

    @Override
    public List<Option<?>> options() {
        return List.of();
    }

    @Override
    public Backend open(ConnectionString string, OpenContext context) {
        if (string.place().isEmpty()) {
            throw new InvalidConnectionStringException("properties:// must be followed by the path of a file");
        }
        Path file = Path.of(string.place()).toAbsolutePath().normalize();
        if (!context.mayCreate() && !Files.exists(file)) {
            throw new InvalidConnectionStringException(
                    "there is no store at properties://" + file + "; check the path");
        }
        return PropertiesBackend.open(file, context.clientClock());
    }
}
// @end
