package io.cuttlestore.cli;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A command line without options, which needs no parser. */
final class PlainLine {
    private PlainLine() {}

    /**
     * Runs the command and returns its exit code; {@code null} if the line is not plain or not right, so that the parser
     * has to say what it is.
     */
    static @Nullable Integer run(Shell shell, String... line) throws IOException {
        if (line.length == 0 || hasOptions(line)) {
            return null;
        }
        Function<Shell, StoreCommand> maker = maker(line[0]);
        if (maker == null) {
            return null;
        }
        StoreCommand command = maker.apply(shell);
        Arguments arguments = command.arguments(List.of(line).subList(1, line.length));
        return command.fits(arguments) ? command.run(arguments) : null;
    }

    private static boolean hasOptions(String... line) {
        for (String argument : line) {
            if (argument.startsWith("-")) {
                return true;
            }
        }
        return false;
    }

    /** The commands whose options may all be left out and have no default that the parser sets. */
    private static @Nullable Function<Shell, StoreCommand> maker(String name) {
        return switch (name) {
            case "put" -> PutCommand::new;
            case "get" -> GetCommand::new;
            case "delete" -> DeleteCommand::new;
            case "entry" -> EntryCommand::new;
            case "info" -> InfoCommand::new;
            default -> null;
        };
    }
}
