package io.cuttlestore.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the shell gives to a command: the environment, the standard streams, and which of them are a terminal. The
 * launcher script finds out the latter and tells in the system property {@code cuttle.terminal}, since Java can't.
 *
 * @param environment the environment variables
 * @param in standard input
 * @param out standard output; buffered, and unlike {@link System#out} it throws when the reader has gone
 * @param err standard error
 * @param terminalOut whether {@code out} is a terminal
 * @param terminalErr whether {@code err} is a terminal
 */
record Shell(
        Map<String, String> environment,
        InputStream in,
        OutputStream out,
        PrintStream err,
        boolean terminalOut,
        boolean terminalErr) {
    private static final int BUFFER_BYTES = 1 << 16;

    static Shell ofThisProcess() {
        List<String> terminals =
                List.of(System.getProperty("cuttle.terminal", "").split(","));
        return new Shell(
                System.getenv(),
                System.in,
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                terminals.contains("out"),
                terminals.contains("err"));
    }

    /** A variable's value; {@code null} if it is not set or empty. */
    @Nullable
    String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** Whether what is printed may be coloured: on a terminal, unless {@code NO_COLOR} is set (no-color.org). */
    boolean colours() {
        return terminalOut && variable("NO_COLOR") == null && !"dumb".equals(variable("TERM"));
    }
}
