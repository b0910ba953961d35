package io.cuttlestore.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command-line tool: reads and changes any store that a connection string names. */
@Command(
        name = "cuttle",
        versionProvider = Cuttle.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Read and change any key-value store that a connection string names.",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the key is absent, the condition did not hold, or a verification found a difference",
            "2:the command line or the connection string is wrong",
            "3:the store can't be reached or did not answer in time; trying again may help",
            "4:anything else"
        },
        footerHeading = "%nConnection strings:%n",
        footer = {
            "  in-memory              in this process, for trying things out",
            "  filesystem://./folder  a file for each key",
            "  sqlite://./app.db      a SQLite file",
            "  redis://host:6379      Redis; with TLS rediss://",
            "  postgres://me@host/db  PostgreSQL",
            "  mysql://me@host/db     MySQL and MariaDB",
            "  rocksdb://./folder     RocksDB",
            "",
            "CUTTLESTORE_URL stands for URL: where it is set, URL may be left out. The first argument is still taken for the "
                    + "URL if it looks like one: SCHEME://... or in-memory.",
            "",
            "Other users of this machine can read the arguments of a command. Keep passwords out of them: set "
                    + "CUTTLESTORE_URL, or write $${NAME} (in single quotes) where the value of the environment variable "
                    + "NAME belongs: 'redis://:$${PASSWORD}@host'."
        })
public final class Cuttle implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(names = "--version", versionHelp = true, description = "Show the version.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show the log, and where in the program an error arose.")
    private boolean verbose;

    private Cuttle() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        System.exit(run(Shell.ofThisProcess(), arguments));
    }

    /** Runs a command within this process, with the environment of the process, and returns its exit code. */
    public static int run(InputStream in, OutputStream out, PrintStream err, String... arguments) {
        return run(new Shell(System.getenv(), in, out, err, false, false), arguments);
    }

    /** Runs a command and returns its exit code. */
    static int run(Shell shell, String... arguments) {
        Cuttle cuttle = new Cuttle();
        ErrorReport errors = new ErrorReport(cuttle, shell.err(), arguments);
        try {
            Integer plain = PlainLine.run(shell, arguments);
            int exitCode = plain == null
                    ? cuttle.toCommandLine(shell, errors, arguments).execute(arguments)
                    : plain;
            shell.out().flush();
            return exitCode;
        } catch (IOException | RuntimeException | Error e) {
            return errors.report(e);
        }
    }

    /** The commands in the order of the help, each made when it is asked for. */
    private static Map<String, Supplier<CommandLine>> commands(Shell shell) {
        Map<String, Supplier<CommandLine>> commands = new LinkedHashMap<>();
        commands.put("put", () -> new PutCommand(shell).toCommandLine());
        commands.put("get", () -> new GetCommand(shell).toCommandLine());
        commands.put("delete", () -> new DeleteCommand(shell).toCommandLine());
        commands.put("touch", () -> new TouchCommand(shell).toCommandLine());
        commands.put("entry", () -> new EntryCommand(shell).toCommandLine());
        commands.put("scan", () -> new ScanCommand(shell).toCommandLine());
        commands.put("copy", () -> new CommandLine(new CopyCommand(shell)));
        commands.put("export", () -> new ExportCommand(shell).toCommandLine());
        commands.put("import", () -> new ImportCommand(shell).toCommandLine());
        commands.put("info", () -> new InfoCommand(shell).toCommandLine());
        commands.put("bench", () -> new BenchCommand(shell).toCommandLine());
        commands.put("demo", () -> new CommandLine(new DemoCommand(shell)));
        return commands;
    }

    /** Knows all commands or, if the arguments begin with one, that alone: picocli takes milliseconds to get to know one. */
    private CommandLine toCommandLine(Shell shell, ErrorReport errors, String[] arguments) {
        CommandLine line = new CommandLine(this);
        Map<String, Supplier<CommandLine>> commands = commands(shell);
        if (arguments.length > 0 && commands.containsKey(arguments[0])) {
            commands.keySet().retainAll(Set.of(arguments[0]));
        }
        commands.forEach((name, command) -> line.addSubcommand(name, command.get()));
        return line.setExpandAtFiles(false)
                .setOut(writer(shell))
                .setColorScheme(Help.defaultColorScheme(shell.colours() ? Ansi.ON : Ansi.OFF))
                .setParameterExceptionHandler((failure, given) -> errors.report(failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> errors.report((Throwable) failure))
                .setExecutionStrategy(parsed -> {
                    StderrLog.enable(verbose);
                    return new RunLast().execute(parsed);
                });
    }

    private static PrintWriter writer(Shell shell) {
        return new PrintWriter(new OutputStreamWriter(shell.out(), StandardCharsets.UTF_8), true);
    }

    boolean verbose() {
        return verbose;
    }

    /** Without a command there is nothing to do. */
    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "missing command");
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Cuttle.class.getPackage().getImplementationVersion();
            return new String[] {"cuttle " + (version == null ? "(development)" : version)};
        }
    }
}
