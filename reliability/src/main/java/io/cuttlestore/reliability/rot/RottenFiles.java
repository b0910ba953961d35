package io.cuttlestore.reliability.rot;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import io.cuttlestore.reliability.rot.Inspection.Leniency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Damages a file of a folder, or exchanges two. */
final class RottenFiles implements Trial.Session {
    private static final String CONTROL = ".cuttlestore";

    private final Path store;
    private final Map<Path, byte[]> pristine;
    private final List<Path> entries;
    private final List<Path> others;
    private final Contents contents = new Contents();
    private final Tally tally;

    RottenFiles(Site site) throws IOException {
        this.store = site.folder().resolve("store");
        this.tally = site.tally();
        try (Cuttlestore<byte[]> filled = Cuttlestore.builder("filesystem://" + store)
                .clock(InstantSource.fixed(Contents.FILLED))
                .open(byte[].class)) {
            contents.fill(filled);
        }
        this.pristine = files();
        this.entries = pristine.keySet().stream().filter(RottenFiles::isEntry).toList();
        this.others = pristine.keySet().stream().filter(file -> !isEntry(file)).toList();
    }

    private static boolean isEntry(Path file) {
        return !file.startsWith(CONTROL);
    }

    /** What each file of the store holds, by its path within. */
    private Map<Path, byte[]> files() throws IOException {
        Map<Path, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(store)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(store.relativize(path), Files.readAllBytes(path));
            }
        }
        return files;
    }

    /** Lets the store have these files and no others. */
    private void write(Map<Path, byte[]> wanted) throws IOException {
        Map<Path, byte[]> found = files();
        for (Path file : found.keySet()) {
            if (!wanted.containsKey(file)) {
                Files.delete(store.resolve(file));
            }
        }
        for (Map.Entry<Path, byte[]> file : wanted.entrySet()) {
            if (!Arrays.equals(found.get(file.getKey()), file.getValue())) {
                Files.write(store.resolve(file.getKey()), file.getValue());
            }
        }
    }

    @Override
    public void attempt(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Path, byte[]> files = new TreeMap<>(pristine);
        String what = random.nextInt(10) == 0 ? exchange(files, random) : damage(files, random);
        write(files);
        boolean isFormat = what.startsWith(CONTROL + "/format");
        try {
            new Inspection(contents, tally, new Leniency(isFormat, false, key -> false)).of("filesystem://" + store);
            requireSameEntries(files);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(what + ": " + e.getMessage(), e);
        }
    }

    private String damage(Map<Path, byte[]> files, SplittableRandom random) {
        List<Path> among = random.nextInt(5) == 0 ? others : entries;
        Path file = among.get(random.nextInt(among.size()));
        Damage damage = Damage.of(Objects.requireNonNull(files.get(file)), random);
        files.put(file, damage.bytes());
        tally.count(among == entries ? "damaged entries" : "other damaged files");
        return file + ", " + damage.what();
    }

    private String exchange(Map<Path, byte[]> files, SplittableRandom random) {
        Path one = entries.get(random.nextInt(entries.size()));
        Path other = entries.get(random.nextInt(entries.size()));
        byte[] bytes = Objects.requireNonNull(files.get(one));
        files.put(one, Objects.requireNonNull(files.get(other)));
        files.put(other, bytes);
        tally.count("exchanged entries");
        return one + " and " + other + " exchanged";
    }

    /** Whoever reads changes no entry, a damaged one neither. */
    private void requireSameEntries(Map<Path, byte[]> files) throws IOException {
        Map<Path, byte[]> found = files();
        for (Path entry : entries) {
            if (!Arrays.equals(files.get(entry), found.get(entry))) {
                throw new AssertionError(entry + (found.containsKey(entry) ? " was changed" : " was deleted"));
            }
        }
    }
}
