package io.cuttlestore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.BatchException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.StoreFullException;
import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FullDiskTest extends SqliteTest {
    private static final byte[] SMALL = {1, 2, 3};
    private static final byte[] LARGE = new byte[1 << 20];

    static {
        Arrays.fill(LARGE, (byte) 7);
    }

    /** A disk that can be filled: a real one for root, who may mount it; else a limit that SQLite sets itself. */
    private interface Disk extends AutoCloseable {
        void fill() throws IOException;

        void empty() throws IOException;

        @Override
        void close() throws Exception;
    }

    private record RealDisk(Path folder) implements Disk {
        static Disk mount(Path folder) throws Exception {
            Shell.run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder.toString());
            return new RealDisk(folder);
        }

        private Path ballast() {
            return folder.resolve("ballast");
        }

        @Override
        public void fill() throws IOException {
            try (OutputStream out = Files.newOutputStream(ballast())) {
                while (true) {
                    out.write(new byte[4096]);
                }
            } catch (IOException full) {
                assertThat(folder.toFile().getUsableSpace()).isZero();
            }
        }

        @Override
        public void empty() throws IOException {
            Files.delete(ballast());
        }

        @Override
        public void close() throws Exception {
            Shell.run("umount", folder.toString());
        }
    }

    private record LimitedDatabase(Path file) implements Disk {
        @Override
        public void fill() {
            limit("1");
        }

        @Override
        public void empty() {
            limit("1000000");
        }

        private void limit(String pages) {
            Engines.Lease lease = Engines.acquire(file, new Settings(Synchronous.PROCESS, 4), Deadline.NONE);
            lease.engine().write(Deadline.NONE, session -> session.single("PRAGMA max_page_count = " + pages));
            lease.release();
        }

        @Override
        public void close() {}
    }

    @Test
    void aFullDiskLosesNothingAndTheStoreGoesOnWhenThereIsRoom() throws Exception {
        Path place = Files.createDirectory(folder.resolve("disk"));
        Path file = place.resolve("app.db");
        try (Disk disk = Shell.isRoot() ? RealDisk.mount(place) : new LimitedDatabase(file);
                Cuttlestore<byte[]> store = Cuttlestore.open("sqlite://" + file, byte[].class)) {
            store.put("a", SMALL);
            store.put("b", SMALL);
            disk.fill();

            assertThatThrownBy(() -> store.put("a", LARGE))
                    .isInstanceOf(StoreFullException.class)
                    .hasMessageContaining("full; make room");
            assertThatThrownBy(() -> store.putIfAbsent("new", LARGE)).isInstanceOf(StoreFullException.class);
            assertThatThrownBy(() -> store.putAll(Map.of("b", LARGE, "c", LARGE)))
                    .isInstanceOfSatisfying(BatchException.class, e -> {
                        assertThat(e.failed()).containsExactlyInAnyOrder("b", "c");
                        assertThat(e.unknown()).isEmpty();
                        assertThat(e.causes().values()).allMatch(StoreFullException.class::isInstance);
                    });
            assertThat(store.get("a")).hasValue(SMALL);
            assertThat(store.get("b")).hasValue(SMALL);
            assertThat(store.contains("new")).isFalse();
            assertThat(store.contains("c")).isFalse();

            disk.empty();
            store.put("a", LARGE);
            assertThat(store.get("a")).hasValue(LARGE);
        }
    }

    @Test
    void makingAStoreOnAFullDiskLeavesNothingBehind() throws Exception {
        Path place = Files.createDirectory(folder.resolve("disk"));
        if (!Shell.isRoot()) {
            // Nobody else can fill a disk without harm: the file is made, and the folder must not be littered by it.
            Cuttlestore.open("sqlite://" + place + "/a/new.db", byte[].class).close();
            assertThat(listing()).containsExactly("disk", "disk/a", "disk/a/new.db");
            return;
        }
        try (Disk disk = RealDisk.mount(place)) {
            disk.fill();
            assertThatThrownBy(() -> Cuttlestore.open("sqlite://" + place + "/a/b/new.db", byte[].class))
                    .isInstanceOf(StoreFullException.class);
            assertThat(listing()).containsExactly("disk", "disk/ballast");
        }
    }
}
