package io.cuttlestore.cli;

import io.cuttlestore.Cuttlestore;
import java.util.List;
import picocli.CommandLine.Command;

@Command(description = "Delete keys. Missing ones are fine.")
final class DeleteCommand extends StoreCommand {
    DeleteCommand(Shell shell) {
        super(shell, "KEY...");
    }

    @Override
    int run(Cuttlestore<byte[]> store, List<String> arguments) {
        store.deleteAll(arguments);
        return ExitCode.OK;
    }
}
