package io.cuttlestore.reliability.rot;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.reliability.Folders;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import io.cuttlestore.reliability.rot.Inspection.Leniency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Damages a file of a folder, or exchanges two. */
final class RottenFiles implements Trial.Session {
    private static final String CONTROL = ".cuttlestore";

    private final Path pristine;
    private final Path store;
    private final List<Path> entries;
    private final List<Path> others;
    private final Contents contents = new Contents();
    private final Tally tally;

    RottenFiles(Site site) throws IOException {
        this.pristine = site.folder().resolve("pristine");
        this.store = site.folder().resolve("store");
        this.tally = site.tally();
        try (Cuttlestore<byte[]> filled = Cuttlestore.builder("filesystem://" + pristine)
                .clock(InstantSource.fixed(Contents.FILLED))
                .open(byte[].class)) {
            contents.fill(filled);
        }
        List<Path> files = files(pristine);
        this.entries = files.stream().filter(file -> !file.startsWith(CONTROL)).toList();
        this.others = files.stream().filter(file -> file.startsWith(CONTROL)).toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(folder::relativize)
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void attempt(long seed) throws Exception {
        copy();
        SplittableRandom random = new SplittableRandom(seed);
        String what = random.nextInt(10) == 0 ? exchange(random) : damage(random);
        boolean isFormat = what.startsWith(CONTROL + "/format");
        try {
            new Inspection(contents, tally, new Leniency(isFormat, false, key -> false)).of("filesystem://" + store);
            requireAllFiles();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(what + ": " + e.getMessage(), e);
        }
    }

    private void copy() throws IOException {
        if (Files.exists(store)) {
            Folders.delete(store);
        }
        try (Stream<Path> all = Files.walk(pristine)) {
            for (Path from : all.toList()) {
                Files.copy(from, store.resolve(pristine.relativize(from)));
            }
        }
    }

    private String damage(SplittableRandom random) throws IOException {
        List<Path> among = random.nextInt(5) == 0 ? others : entries;
        Path file = among.get(random.nextInt(among.size()));
        Damage damage = Damage.of(Files.readAllBytes(store.resolve(file)), random);
        Files.write(store.resolve(file), damage.bytes());
        tally.count(among == entries ? "damaged entries" : "other damaged files");
        return file + ", " + damage.what();
    }

    private String exchange(SplittableRandom random) throws IOException {
        Path one = entries.get(random.nextInt(entries.size()));
        Path other = entries.get(random.nextInt(entries.size()));
        byte[] bytes = Files.readAllBytes(store.resolve(one));
        Files.copy(pristine.resolve(other), store.resolve(one), StandardCopyOption.REPLACE_EXISTING);
        Files.write(store.resolve(other), bytes);
        tally.count("exchanged entries");
        return one + " and " + other + " exchanged";
    }

    /** No entry was removed, and none changed but the one that was damaged. */
    private void requireAllFiles() throws IOException {
        int changed = 0;
        for (Path entry : entries) {
            if (!Files.exists(store.resolve(entry))) {
                throw new AssertionError(entry + " was deleted");
            }
            byte[] before = Files.readAllBytes(pristine.resolve(entry));
            changed += Arrays.equals(Files.readAllBytes(store.resolve(entry)), before) ? 0 : 1;
        }
        if (changed > 2) {
            throw new AssertionError(changed + " entries were changed");
        }
    }
}
