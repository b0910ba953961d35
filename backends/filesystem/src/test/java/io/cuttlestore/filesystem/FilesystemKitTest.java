package io.cuttlestore.filesystem;

import io.cuttlestore.Capability;
import io.cuttlestore.testkit.CuttlestoreKit;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("filesystem")
class FilesystemKitTest extends CuttlestoreKit {
    @TempDir
    private Path folder;

    private int stores;

    @Override
    protected String freshStore() {
        return "filesystem://" + folder.resolve("store" + stores++);
    }

    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.CONDITIONAL,
                Capability.TTL,
                Capability.SCAN,
                Capability.EXACT_SCAN,
                Capability.SHARED,
                Capability.DURABLE,
                Capability.NO_EVICTION);
    }

    @Override
    protected List<String> foreignKinds() {
        return Stream.of(Damage.values()).map(Damage::name).toList();
    }

    @Override
    protected void plantForeign(String connectionString, String storedKey, String kind) throws Exception {
        Folder store = new Folder(Path.of(connectionString.substring("filesystem://".length())));
        Damage.valueOf(kind).plant(store, storedKey);
    }
}
