package io.cuttlestore.cli;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreBuilder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command on one store, which {@code URL} or {@code CUTTLESTORE_URL} names. */
abstract class StoreCommand implements Callable<Integer> {
    private static final String MORE = "...";
    private static final String ABOUT_URL =
            "URL is a connection string (see cuttle --help). Where the environment variable " + Arguments.URL_VARIABLE
                    + " is set, it may be left out.";

    private final Shell shell;
    private final List<String> names;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--namespace",
            paramLabel = "N",
            description = "Stay within this namespace; without it, keys are those of the whole store.")
    private @Nullable String namespace;

    /**
     * A command with these arguments behind the URL.
     *
     * @param names what the help calls them; a last one that ends in {@code ...} may be given many times
     */
    StoreCommand(Shell shell, String... names) {
        this.shell = shell;
        this.names = List.of(names);
    }

    /** Does the work and returns the exit code. */
    abstract int run(Cuttlestore<byte[]> store, List<String> arguments) throws IOException;

    /** Whether the command may make the store; one that only reads would otherwise invent what a mistyped path names. */
    boolean mayCreate() {
        return false;
    }

    final Shell shell() {
        return shell;
    }

    /** This command with its positional arguments, as picocli needs it. */
    final CommandLine toCommandLine() {
        CommandLine line = new CommandLine(this);
        line.getCommandSpec()
                .addPositional(PositionalParamSpec.builder()
                        .index("0..*")
                        .arity("0..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel(synopsis())
                        .hideParamSyntax(true)
                        .description(ABOUT_URL)
                        .build());
        return line;
    }

    private String synopsis() {
        return String.join(" ", "[URL]", String.join(" ", names)).stripTrailing();
    }

    @Override
    public final Integer call() throws IOException {
        List<String> given = spec.positionalParameters().get(0).getValue();
        Arguments arguments = arguments(given == null ? List.of() : given);
        requireFit(arguments);
        return run(arguments);
    }

    /** Does the work on the store that the arguments name and returns the exit code. */
    final int run(Arguments arguments) throws IOException {
        CuttlestoreBuilder builder = Cuttlestore.builder(arguments.url());
        if (!mayCreate()) {
            builder.existing();
        }
        if (namespace != null) {
            builder.namespace(namespace);
        }
        try (Cuttlestore<byte[]> store = builder.open(byte[].class)) {
            return run(store, arguments.others());
        }
    }

    /** These arguments with the store told apart. */
    final Arguments arguments(List<String> given) {
        return Arguments.of(given, shell.variable(Arguments.URL_VARIABLE));
    }

    /** Whether there are as many arguments as the command has names for. */
    final boolean fits(Arguments arguments) {
        int count = arguments.others().size();
        boolean many = !names.isEmpty() && names.get(names.size() - 1).endsWith(MORE);
        return count == names.size() || (many && count > names.size());
    }

    private void requireFit(Arguments arguments) {
        int count = arguments.others().size();
        if (!fits(arguments)) {
            throw usage(count < names.size() ? "missing " + names.get(count).replace(MORE, "") : "too many arguments");
        }
    }

    private ParameterException usage(String problem) {
        return new ParameterException(
                spec.commandLine(),
                problem + ": " + synopsis() + " is expected, where URL may be " + "left out only if "
                        + Arguments.URL_VARIABLE + " is set");
    }
}
