package io.cuttlestore.cli;

import java.io.IOException;
import java.io.PrintStream;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns whatever went wrong into one sentence on standard error and an exit code. */
final class ErrorReport {
    private final Cuttle cuttle;
    private final PrintStream err;
    private final String[] arguments;

    ErrorReport(Cuttle cuttle, PrintStream err, String... arguments) {
        this.cuttle = cuttle;
        this.err = err;
        this.arguments = arguments;
    }

    /** Says what is wrong with a command line and returns the exit code. */
    int report(ParameterException failure) {
        String command = failure.getCommandLine().getCommandSpec().qualifiedName();
        say(withoutPasswords(sentence(failure)) + " (see " + command + " --help)");
        return ExitCode.USAGE;
    }

    /** What is in the wrong place, or mistyped, may be a connection string: none is repeated. */
    private String withoutPasswords(String sentence) {
        String harmless = sentence;
        for (String argument : arguments) {
            String value = argument.startsWith("-") ? argument.substring(argument.indexOf('=') + 1) : argument;
            if (Arguments.mayHoldPassword(value)) {
                harmless = harmless.replace(value, "(a connection string)");
            }
        }
        return harmless;
    }

    /** Arguments that picocli does not know may be misplaced connection strings: only harmless parts are repeated. */
    private static String sentence(ParameterException failure) {
        if (failure instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            if (unmatched.isUnknownOption()) {
                return "unknown option " + first.split("=", 2)[0]
                        + "; write -- before a key or value that begins with -";
            }
            if (failure.getCommandLine().getSubcommands().isEmpty()) {
                return "too many arguments";
            }
            return Arguments.isConnectionString(first)
                    ? "the command comes first, then the connection string"
                    : "unknown command '" + first + "'; commands are " + commands(failure.getCommandLine());
        }
        String message = String.valueOf(failure.getMessage());
        return message.isEmpty() ? message : Character.toLowerCase(message.charAt(0)) + message.substring(1);
    }

    private static String commands(CommandLine parent) {
        return String.join(", ", parent.getSubcommands().keySet());
    }

    /** Says what went wrong, unless the reader of standard output has simply gone, and returns the exit code. */
    int report(Throwable failure) {
        if (!isBrokenPipe(failure)) {
            say(sentence(failure));
            if (cuttle.verbose()) {
                failure.printStackTrace(err);
            }
        }
        return ExitCode.of(failure);
    }

    private static boolean isBrokenPipe(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException && "Broken pipe".equals(cause.getMessage())) {
                return true;
            }
        }
        return false;
    }

    private static String sentence(Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            return "out of memory: a value is too large for this process";
        }
        String message = failure.getMessage();
        return message == null ? "failed with " + failure.getClass().getName() + "; --verbose tells where" : message;
    }

    private void say(String sentence) {
        err.println("cuttle: " + Printable.line(sentence));
    }
}
