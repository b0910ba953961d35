package io.cuttlestore.reliability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Programs of the system. */
public final class Tool {
    private Tool() {}

    /**
     * Runs one to its end.
     *
     * @throws LeftOutException if it is not installed, or ends with another status than 0: what it said
     */
    public static void run(String... command) throws LeftOutException, InterruptedException {
        String line = String.join(" ", command);
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new LeftOutException("`" + line + "` does not work here: " + said.strip());
            }
        } catch (IOException e) {
            throw new LeftOutException("`" + line + "` can't be run here: " + e.getMessage());
        }
    }
}
