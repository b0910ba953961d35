package io.cuttlestore.reliability.fuzz;

import io.cuttlestore.cli.Cuttle;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What {@code cuttle import} is given is imported or refused with a line, by a failure of a type of its own. */
public final class ImportTarget {
    /** The first line of a stack trace that a failure with a type of its own has. */
    private static final Pattern TYPED =
            Pattern.compile("(?m)^(io\\.cuttlestore\\.\\S+|java\\.lang\\.IllegalArgumentException): ");

    private ImportTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int exitCode = Cuttle.run(
                new ByteArrayInputStream(bytes),
                new ByteArrayOutputStream(),
                new PrintStream(errors, true, StandardCharsets.UTF_8),
                "import",
                "--verbose",
                "in-memory");
        String said = errors.toString(StandardCharsets.UTF_8);
        if (exitCode != 0 && !TYPED.matcher(said).find()) {
            throw new AssertionError("exit code " + exitCode + ": " + said);
        }
    }
}
