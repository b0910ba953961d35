package io.cuttlestore.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreFullException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Expiry;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test is a program in a JVM of its own, with mounts, rights or limits that end with it. */
@DisplayName("At the limits of the system, a folder")
class SystemLimitsTest {
    @TempDir
    private Path temporary;

    private void check(String prefix, Class<?> program) throws Exception {
        passes(ChildJvm.startUnder(List.of("sh", "-c", prefix + " exec \"$@\"", "sh"), program, temporary));
    }

    private static String mount(String options) {
        return "mount -t tmpfs -o " + options + " cuttlestore \"$0\" &&";
    }

    /** A namespace of mounts of its own, which needs no rights where users may have their own. */
    private ChildJvm inOwnMounts(String mount, Class<?> program) throws Exception {
        boolean root = "root".equals(System.getProperty("user.name"));
        List<String> prefix = new ArrayList<>(List.of("unshare", "--mount"));
        if (!root) {
            prefix.addAll(List.of("--user", "--map-root-user"));
        }
        prefix.addAll(List.of("sh", "-c", mount + " exec \"$@\"", temporary.toString()));
        return ChildJvm.startUnder(prefix, program, temporary);
    }

    private static void passes(ChildJvm child) throws Exception {
        List<String> output = child.readAll();
        assertThat(child.exit()).as(String.join("\n", output)).isZero();
        assertThat(output).last().isEqualTo("all as promised");
    }

    private static void expect(
            Class<? extends CuttlestoreException> type, boolean again, String reason, Runnable call) {
        try {
            call.run();
        } catch (CuttlestoreException e) {
            assertThat(e).isInstanceOf(type).hasMessageContaining(reason);
            assertThat(e.isTransient()).isEqualTo(again);
            return;
        }
        throw new AssertionError(type + " was expected");
    }

    static final class FullDisk {
        public static void main(String[] arguments) {
            Folder folder = new Folder(Path.of(arguments[0]));
            try (Backend backend = folder.open()) {
                Folder.put(backend, "k", "old");
                expect(
                        StoreFullException.class,
                        false,
                        "what was there is kept; free some space",
                        () -> Folder.put(backend, "k", "x".repeat(1_000_000)));
                assertThat(Folder.get(backend, "k")).isEqualTo("old");
                assertThat(folder.temporaryFiles()).isEmpty();
                List<String> written = new ArrayList<>();
                expect(StoreFullException.class, false, "what was there is kept; free some space", () -> {
                    for (int i = 0; i < 10_000; i++) {
                        Folder.put(backend, "filler" + i, "x".repeat(1_000), Expiry.after(Duration.ofSeconds(1)));
                        written.add("filler" + i);
                    }
                });
                assertThat(folder.temporaryFiles()).isEmpty();
                assertThat(written)
                        .isNotEmpty()
                        .allSatisfy(key -> assertThat(Folder.get(backend, key)).hasSize(1_000));
                folder.now.addAndGet(1_000);
                assertThat(backend.deleteExpired(10_000, Folder.soon())).isEqualTo(written.size());
                Folder.put(backend, "k", "new");
                assertThat(Folder.get(backend, "k")).isEqualTo("new");
            }
            System.out.println("all as promised");
        }
    }

    @Test
    @DisplayName("that is full keeps every old value, leaves no temporary file, and works again once there is room")
    void fullDisk() throws Exception {
        passes(inOwnMounts(mount("size=512k"), FullDisk.class));
    }

    static final class ReadOnlyDisk {
        public static void main(String[] arguments) throws Exception {
            Folder folder = new Folder(Path.of(arguments[0]));
            try (Backend backend = folder.open()) {
                Folder.put(backend, "k", "v", Expiry.after(Duration.ofSeconds(1)));
            }
            try (Backend backend = folder.open()) {
                mountReadOnly(folder.control("tmp"));
                mountReadOnly(folder.file("k").getParent());
                assertThat(Folder.get(backend, "k")).isEqualTo("v");
                assertThat(Folder.keys(backend, "", 10)).containsExactly("k");
                expect(AccessDeniedException.class, false, "must be writable", () -> Folder.put(backend, "k", "w"));
                expect(AccessDeniedException.class, false, "must be writable", () -> Folder.delete(backend, "k"));
                assertThat(Folder.get(backend, "k")).isEqualTo("v");
            }
            mountReadOnly(folder.path);
            expect(AccessDeniedException.class, false, "must be writable", folder::open);
            System.out.println("all as promised");
        }

        private static void mountReadOnly(Path folder) throws Exception {
            String mount = "mount --bind \"$0\" \"$0\" && mount -o remount,bind,ro \"$0\"";
            assertThat(new ProcessBuilder("sh", "-c", mount, folder.toString())
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
        }
    }

    @Test
    @DisplayName("that becomes read-only is still read, refuses writes, and is refused when it is opened")
    void readOnlyDisk() throws Exception {
        passes(inOwnMounts(mount("size=1m"), ReadOnlyDisk.class));
    }

    static final class NetworkDisk {
        public static void main(String[] arguments) throws Exception {
            Path disk = Path.of(arguments[0]);
            pretendToBeNfs(disk);
            Folder folder = new Folder(disk.resolve("some/store"));
            try {
                folder.open().close();
                throw new AssertionError("a refusal was expected");
            } catch (InvalidConnectionStringException e) {
                assertThat(e)
                        .hasMessageContaining(folder.path + " lies on a network file system (nfs4)")
                        .hasMessageContaining("add allow-network-filesystem=true");
            }
            assertThat(disk).isEmptyDirectory();
            try (Backend backend = folder.open("?allow-network-filesystem=true")) {
                Folder.put(backend, "k", "v");
                assertThat(Folder.get(backend, "k")).isEqualTo("v");
            }
            System.out.println("all as promised");
        }

        /** For this process alone, the system's table of mounts says so. */
        private static void pretendToBeNfs(Path disk) throws Exception {
            String mounts = Files.readString(Path.of("/proc/self/mounts"));
            Path edited = Files.createTempFile("mounts", "");
            Files.writeString(edited, mounts.replace(" " + disk + " tmpfs ", " " + disk + " nfs4 "));
            String table = "/proc/" + ProcessHandle.current().pid() + "/mounts";
            assertThat(new ProcessBuilder("mount", "--bind", edited.toString(), table)
                            .inheritIO()
                            .start()
                            .waitFor())
                    .isZero();
            Files.delete(edited);
            assertThat(Files.getFileStore(disk).type()).isEqualTo("nfs4");
        }
    }

    @Test
    @DisplayName("on a network is refused before anything is made, and used where that is allowed")
    void networkDisk() throws Exception {
        passes(inOwnMounts(mount("size=1m"), NetworkDisk.class));
    }

    static final class NoRights {
        public static void main(String[] arguments) {
            expect(
                    AccessDeniedException.class,
                    false,
                    "let the user of this process",
                    () -> new Folder(Path.of(arguments[0])).open());
            System.out.println("all as promised");
        }
    }

    @Test
    @DisplayName("that may not be written or read is refused when it is opened")
    void noRights() throws Exception {
        for (String mode : List.of("500", "300", "000")) {
            assertThat(new ProcessBuilder("chmod", mode, temporary.toString())
                            .start()
                            .waitFor())
                    .isZero();
            passes(ChildJvm.startUnder(withoutRoot(), NoRights.class, temporary));
        }
        assertThat(new ProcessBuilder("chmod", "700", temporary.toString())
                        .start()
                        .waitFor())
                .isZero();
        assertThat(temporary).isEmptyDirectory();
    }

    /** Rights that root has, too, only where they are given. */
    private static List<String> withoutRoot() {
        return "root".equals(System.getProperty("user.name"))
                ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search")
                : List.of();
    }

    static final class ClosedShard {
        public static void main(String[] arguments) throws Exception {
            Folder folder = new Folder(Path.of(arguments[0]));
            try (Backend backend = folder.open()) {
                Folder.put(backend, "k", "v");
            }
            for (boolean used : new boolean[] {false, true}) {
                try (Backend backend = folder.open()) {
                    if (used) {
                        assertThat(Folder.get(backend, "k")).isEqualTo("v");
                    }
                    Path shard = folder.file("k").getParent();
                    Set<PosixFilePermission> rights = Files.getPosixFilePermissions(shard);
                    Files.setPosixFilePermissions(shard, Set.of());
                    List<Runnable> calls = List.of(
                            () -> Folder.get(backend, "k"),
                            () -> Folder.delete(backend, "k"),
                            () -> Folder.touch(backend, "k", Expiry.NEVER),
                            () -> Folder.put(backend, "k", "w"),
                            () -> backend.execute(Folder.put("k", "w", Expiry.NEVER, Condition.IF_ABSENT)));
                    for (Runnable call : calls) {
                        expect(AccessDeniedException.class, false, "let the user of this process", call);
                    }
                    Files.setPosixFilePermissions(shard, rights);
                    assertThat(Folder.get(backend, "k")).isEqualTo("v");
                }
            }
            System.out.println("all as promised");
        }
    }

    @Test
    @DisplayName("a part of which may not be searched does not take its entries for missing")
    void closedShard() throws Exception {
        passes(ChildJvm.startUnder(withoutRoot(), ClosedShard.class, temporary.resolve("store")));
    }

    static final class FewHandles {
        public static void main(String[] arguments) throws Exception {
            Folder folder = new Folder(Path.of(arguments[0]));
            try (Backend backend = folder.open()) {
                Folder.put(backend, "k", "v", Expiry.after(Duration.ofHours(1)));
                assertThat(Folder.get(backend, "k")).isEqualTo("v");
                loadClasses(folder, backend);
                List<FileInputStream> handles = new ArrayList<>();
                try {
                    while (true) {
                        handles.add(new FileInputStream("/dev/null"));
                    }
                } catch (FileNotFoundException tooMany) {
                    expect(
                            StoreUnavailableException.class,
                            true,
                            "raise the limit of open files",
                            () -> Folder.put(backend, "k", "w"));
                    expect(
                            StoreUnavailableException.class,
                            true,
                            "raise the limit of open files",
                            () -> Folder.get(backend, "k"));
                } finally {
                    for (FileInputStream handle : handles) {
                        handle.close();
                    }
                }
                assertThat(Folder.get(backend, "k")).isEqualTo("v");
                Folder.put(backend, "k", "w");
                assertThat(Folder.get(backend, "k")).isEqualTo("w");
            }
            System.out.println("all as promised");
        }

        /** Classes in folders could not be loaded later. */
        private static void loadClasses(Folder folder, Backend backend) throws Exception {
            Files.createDirectories(folder.file("blocked").resolve("contents"));
            expect(
                    StoreFailedException.class,
                    false,
                    "a folder with contents",
                    () -> Folder.put(backend, "blocked", "v"));
            assertThat(new StoreUnavailableException("loaded").isTransient()).isTrue();
        }
    }

    @Test
    @DisplayName("says that it is unavailable for now while the process has too many open files")
    void fewHandles() throws Exception {
        check("ulimit -n 100 &&", FewHandles.class);
    }

    static final class HostileUmask {
        public static void main(String[] arguments) throws Exception {
            Folder folder = new Folder(Path.of(arguments[0]).resolve("made/store"));
            try (Backend backend = folder.open("?durability=power")) {
                Folder.put(backend, "k", "v", Expiry.after(Duration.ofHours(1)));
                checkRights(folder.path.getParent());
            }
            checkRights(folder.path.getParent());
            System.out.println("all as promised");
        }

        private static void checkRights(Path made) throws Exception {
            try (Stream<Path> all = Files.walk(made)) {
                for (Path path : all.toList()) {
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .as(path.toString())
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
                }
            }
        }
    }

    @Test
    @DisplayName("is its owner's alone, whatever the umask gives away")
    void hostileUmask() throws Exception {
        check("umask 000 &&", HostileUmask.class);
    }

    static final class AsciiOnly {
        public static void main(String[] arguments) {
            try (Backend backend = new Folder(Path.of(arguments[0])).open()) {
                for (String key : List.of("caf\u00e9", "\ud83e\udd91", "\u0627")) {
                    Folder.put(backend, key, key);
                    assertThat(Folder.get(backend, key)).isEqualTo(key);
                }
                assertThat(Folder.keys(backend, "", 10)).hasSize(3);
            }
            System.out.println("all as promised");
        }
    }

    @Test
    @DisplayName("takes every key where file names must be ASCII")
    void asciiOnly() throws Exception {
        check("export LC_ALL=C &&", AsciiOnly.class);
    }
}
