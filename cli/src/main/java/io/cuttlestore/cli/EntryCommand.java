package io.cuttlestore.cli;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

@Command(
        description =
                "Show what is known of an entry but for its value: size, version, expiry; exit 1 if there is none.")
final class EntryCommand extends StoreCommand {
    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    EntryCommand(Shell shell) {
        super(shell, "KEY");
    }

    @Override
    int run(Cuttlestore<byte[]> store, List<String> arguments) throws IOException {
        Optional<Entry<byte[]>> found = store.entry(arguments.get(0));
        if (found.isEmpty()) {
            return ExitCode.NO;
        }
        Entry<byte[]> entry = found.get();
        if (json) {
            printJson(entry);
        } else {
            shell().out().write(columns(entry).toString().getBytes(StandardCharsets.UTF_8));
        }
        return ExitCode.OK;
    }

    private static Columns columns(Entry<byte[]> entry) {
        return new Columns()
                .row("key", Printable.line(entry.key()))
                .row("size", Printable.size(entry.bytes().length))
                .row("version", entry.version())
                .row(
                        "expires",
                        entry.expiresAt()
                                .map(EntryCommand::absoluteAndRemaining)
                                .orElse("never"));
    }

    private static String absoluteAndRemaining(Instant deadline) {
        Duration remaining = Duration.between(Instant.now(), deadline);
        return deadline + " (in " + Times.words(remaining.isNegative() ? Duration.ZERO : remaining) + ")";
    }

    private void printJson(Entry<byte[]> entry) throws IOException {
        try (JsonGenerator generator = Json.generator(shell().out(), shell().terminalOut())) {
            generator.writeStartObject();
            generator.writeStringProperty("key", entry.key());
            generator.writeNumberProperty("size", entry.bytes().length);
            generator.writeStringProperty("version", entry.version().toString());
            entry.expiresAt().ifPresent(deadline -> {
                generator.writeStringProperty("expiresAt", deadline.toString());
                generator.writeNumberProperty(
                        "ttlMillis",
                        Math.max(0, Duration.between(Instant.now(), deadline).toMillis()));
            });
            generator.writeEndObject();
        }
        shell().out().write('\n');
    }
}
