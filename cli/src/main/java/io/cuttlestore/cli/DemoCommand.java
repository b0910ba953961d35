package io.cuttlestore.cli;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.PutOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

@Command(description = "Run the same few lines on every store that is at hand: a message that destroys itself.")
final class DemoCommand implements Callable<Integer> {
    private static final String KEY = "impossible";
    private static final Mission MISSION =
            new Mission("Agent 47, bring the cuttlefish home. This message will destroy itself.");
    private static final Duration TTL = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final long POLL_MILLIS = 5;

    private static final InetSocketAddress LOCAL_REDIS = new InetSocketAddress("localhost", 6379);
    private static final int CONNECT_MILLIS = 200;

    private final Shell shell;

    DemoCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        say("One program, several stores: only the connection string differs.");
        say("");
        say("  store.put(\"impossible\", new Mission(\"...\"), PutOptions.ttl(Duration.ofMillis(400)));");
        say("  store.get(\"impossible\");");
        Path folder = Files.createTempDirectory("cuttle-demo-");
        try {
            run("in-memory");
            run("filesystem://" + folder.resolve("files").toUri().getRawPath());
            run("sqlite://" + folder.resolve("store.db").toUri().getRawPath());
            runOnRedis();
        } finally {
            delete(folder);
        }
        say("");
        say("Now yours:");
        say("  ./cuttle put sqlite://./app.db greeting hello");
        say("  ./cuttle get sqlite://./app.db greeting");
        return ExitCode.OK;
    }

    private void run(String url) throws IOException, InterruptedException {
        sayStore(url);
        try (Cuttlestore<Mission> store = Cuttlestore.open(url, Mission.class)) {
            long begin = System.nanoTime();
            store.put(KEY, MISSION, PutOptions.ttl(TTL));
            String message = store.get(KEY).map(Mission::message).orElse("(lost)");
            say("  " + message);
            say("  Gone after " + awaitEnd(store, begin).toMillis() + " ms.");
        }
    }

    private static Duration awaitEnd(Cuttlestore<Mission> store, long begin) throws InterruptedException {
        while (store.contains(KEY)) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new CommandFailure(ExitCode.FAILED, "the message outlived its deadline by far", null);
            }
            Thread.sleep(POLL_MILLIS);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private void runOnRedis() throws IOException, InterruptedException {
        String url = "redis://localhost:6379?namespace=cuttle-demo";
        try (Socket probe = new Socket()) {
            probe.connect(LOCAL_REDIS, CONNECT_MILLIS);
        } catch (IOException nobodyThere) {
            sayStore(url);
            say("  Nobody answers there; start redis-server and try again.");
            return;
        }
        try {
            run(url);
        } catch (CuttlestoreException e) {
            say("  Skipped: " + Printable.line(String.valueOf(e.getMessage())));
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> paths = Files.walk(folder)) {
            deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    private void sayStore(String url) throws IOException {
        say("");
        say((shell.colours() ? Ansi.ON : Ansi.OFF).string("@|bold,cyan " + url + "|@"));
    }

    /** Shows each line at once: the reader watches. */
    private void say(String line) throws IOException {
        shell.out().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        shell.out().flush();
    }
}
