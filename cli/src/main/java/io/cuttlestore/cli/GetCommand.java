package io.cuttlestore.cli;

import io.cuttlestore.Cuttlestore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;

@Command(
        description = {
            "Print a value: its very bytes when piped; on a terminal JSON is indented.",
            "Where there is none, print nothing and exit 1."
        })
final class GetCommand extends StoreCommand {
    GetCommand(Shell shell) {
        super(shell, "KEY");
    }

    @Override
    int run(Cuttlestore<byte[]> store, List<String> arguments) throws IOException {
        Optional<byte[]> value = store.get(arguments.get(0));
        if (value.isEmpty()) {
            return ExitCode.NO;
        }
        byte[] shown = shell().terminalOut() ? forPeople(value.get()) : value.get();
        shell().out().write(shown);
        return ExitCode.OK;
    }

    private static byte[] forPeople(byte[] value) {
        String text = Json.indent(value)
                .or(() -> Printable.decode(value))
                .map(Printable::text)
                .orElseGet(() -> "(" + Printable.size(value.length) + " that are not text; pipe them to see them)");
        return (text.endsWith("\n") ? text : text + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
