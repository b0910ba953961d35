package io.cuttlestore.reliability.clock;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.redis.RedisServer;
import io.cuttlestore.reliability.ChildJvm;
import io.cuttlestore.reliability.Folders;
import io.cuttlestore.reliability.Shim;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Lets the clock of a {@link Jumper} jump, and looks afterwards at what it leaves by the clock of this process, which is
 * right.
 */
final class ClockJumps implements Trial.Session {
    private static final long LONGEST_SECONDS = 60;
    private static final long SLACK = 50;

    private final Path folder;
    private final Path shim;
    private final RedisServer redis;
    private final Tally tally;

    private ClockJumps(Path folder, Path shim, RedisServer redis, Tally tally) {
        this.folder = folder;
        this.shim = shim;
        this.redis = redis;
        this.tally = tally;
    }

    static ClockJumps on(Site site) throws Exception {
        Path shim = Shim.compile(ClockJumps.class, "wallclock", site.folder());
        return new ClockJumps(site.folder(), shim, RedisServer.start(), site.tally());
    }

    @Override
    public void attempt(long seed) throws Exception {
        redis.command("FLUSHALL");
        Path stores = Files.createDirectory(folder.resolve("stores"));
        Path offset = folder.resolve("offset");
        WallClock.create(offset);
        ChildJvm.Builder jvm = ChildJvm.of(Jumper.class)
                .preload(shim)
                .environment("CLOCK_OFFSET", offset.toString())
                .arguments(List.of(
                        offset.toString(), stores.toString(), Integer.toString(redis.port()), Long.toString(seed)));
        try (ChildJvm jumper = jvm.start(folder)) {
            jumper.killAfter(LONGEST_SECONDS);
            String said = new String(jumper.output().readAllBytes(), StandardCharsets.UTF_8);
            if (jumper.await(LONGEST_SECONDS) != 0 || !said.endsWith("end\n")) {
                throw new AssertionError(jumper.errors());
            }
            compare(said.lines().map(line -> line.split("\t", -1)).toList(), stores);
        } finally {
            Folders.delete(stores);
        }
    }

    private void compare(List<String[]> lines, Path stores) {
        lines.stream()
                .filter(fields -> fields[0].equals("decided"))
                .forEach(fields -> tally.count("deadlines watched, " + fields[1], Long.parseLong(fields[2])));
        compare("filesystem", "filesystem://" + stores + "/files", lines);
        compare("sqlite", "sqlite://" + stores + "/store.db", lines);
        compare("redis", "redis://127.0.0.1:" + redis.port(), lines);
    }

    /** What had not expired there, and has not here, is here; what has expired here is not. */
    private void compare(String name, String connection, List<String[]> lines) {
        try (Cuttlestore<String> store = Cuttlestore.open(connection, String.class)) {
            for (String[] fields : lines) {
                if (fields[0].equals(name)) {
                    compare(name, store, fields);
                }
            }
        }
    }

    private void compare(String name, Cuttlestore<String> store, String[] fields) {
        String key = fields[1];
        long deadline = Long.parseLong(fields[3]);
        boolean hadExpired = Boolean.parseBoolean(fields[4]);
        long before = System.currentTimeMillis();
        Optional<String> found = store.get(key);
        if (found.isPresent() && before > deadline + SLACK) {
            throw new AssertionError(name + ": another process finds " + key + " after its deadline");
        }
        if (found.isEmpty() && !hadExpired && System.currentTimeMillis() + SLACK < deadline) {
            throw new AssertionError(name + ": another process does not find " + key);
        }
        if (found.isPresent() && !found.get().equals(fields[2])) {
            throw new AssertionError(name + ": another process finds " + found.get() + " under " + key);
        }
        tally.count(found.isPresent() ? "entries another process finds" : "entries another process does not find");
    }

    @Override
    public void close() {
        redis.close();
    }
}
