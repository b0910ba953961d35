package io.cuttlestore.cli;

import io.cuttlestore.Cursor;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.ScanOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        description = {
            "Copy all entries of a store to another, with their deadlines.",
            "Entries that only TO has are left alone. Copying again is safe: it writes the same entries again. A copy that is "
                    + "interrupted says with which --resume it goes on."
        })
final class CopyCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(index = "0", paramLabel = "FROM", description = "The connection string of the store to read.")
    @SuppressWarnings("NullAway.Init")
    private String from;

    @Parameters(index = "1", paramLabel = "TO", description = "The connection string of the store to write.")
    @SuppressWarnings("NullAway.Init")
    private String to;

    @Option(names = "--prefix", paramLabel = "P", defaultValue = "", description = "Only keys that begin with this.")
    @SuppressWarnings("NullAway.Init")
    private String prefix;

    @Option(
            names = "--verify",
            description = "Read both sides again afterwards, compare values and deadlines, and exit 1 on a difference.")
    private boolean verify;

    @Option(
            names = "--resume",
            paramLabel = "CURSOR",
            converter = CursorConverter.class,
            description = "Begin where an interrupted copy stopped, with the cursor that it printed.")
    private @Nullable Cursor resume;

    CopyCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException {
        try (CuttlestoreConnection source = Cuttlestore.builder(from).existing().connect();
                CuttlestoreConnection target = CuttlestoreConnection.open(to)) {
            refuseOneStore(source, target);
            return copy(source.store(byte[].class), target.store(byte[].class));
        }
    }

    private static void refuseOneStore(CuttlestoreConnection source, CuttlestoreConnection target) {
        if (source.location().equals(target.location())) {
            throw new IllegalArgumentException(
                    "FROM and TO are one store, " + source.location() + ": there is nothing to copy");
        }
    }

    private int copy(Cuttlestore<byte[]> source, Cuttlestore<byte[]> target) throws IOException {
        ScanOptions everything = ScanOptions.prefix(prefix);
        long begin = System.nanoTime();
        long copied = transfer(source, target, resume == null ? everything : everything.after(resume));
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        say("copied %,d entries in %s", copied, Times.words(time));
        if (!verify) {
            return ExitCode.OK;
        }
        Verification verification = new Verification(source, target, shell.err());
        try (Progress progress = Progress.of(shell, "verify", () -> count(source, everything))) {
            verification.run(everything, progress);
        }
        say("verified %,d entries: %,d differ", verification.compared(), verification.differences());
        return verification.differences() == 0 ? ExitCode.OK : ExitCode.NO;
    }

    private long transfer(Cuttlestore<byte[]> source, Cuttlestore<byte[]> target, ScanOptions options)
            throws IOException {
        Transfer transfer = new Transfer(source, target);
        String afterBar = shell.terminalErr() ? "\n" : "";
        OnInterrupt tellState = new OnInterrupt(() -> shell.err().println(afterBar + "cuttle: " + transfer.state()));
        try (Progress progress = Progress.of(shell, "copy", () -> count(source, options))) {
            tellState.during(() -> transfer.run(options, progress));
        } catch (CuttlestoreException e) {
            throw new CommandFailure(ExitCode.of(e), transfer.state() + ": " + e.getMessage(), e);
        }
        return transfer.copied();
    }

    private static long count(Cuttlestore<byte[]> store, ScanOptions options) {
        try (Stream<String> keys = store.keys(options)) {
            return keys.count();
        }
    }

    private void say(String format, Object... arguments) throws IOException {
        shell.out().write((String.format(Locale.ROOT, format, arguments) + "\n").getBytes(StandardCharsets.UTF_8));
        shell.out().flush();
    }
}
