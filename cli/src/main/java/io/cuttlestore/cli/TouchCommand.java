package io.cuttlestore.cli;

import io.cuttlestore.Cuttlestore;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(description = "Give an entry a new time to live and leave its value as it is; exit 1 if there is none.")
final class TouchCommand extends StoreCommand {
    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            required = true,
            converter = DurationConverter.class,
            description = "Let it expire this long from now: 500ms, 60s, 10m, 2h, 7d.")
    @SuppressWarnings("NullAway.Init")
    private Duration ttl;

    TouchCommand(Shell shell) {
        super(shell, "KEY");
    }

    @Override
    int run(Cuttlestore<byte[]> store, List<String> arguments) {
        return store.touch(arguments.get(0), ttl) ? ExitCode.OK : ExitCode.NO;
    }
}
