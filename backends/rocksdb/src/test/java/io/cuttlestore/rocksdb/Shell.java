package io.cuttlestore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;

/** Commands of the operating system that the tests need. */
final class Shell {
    private Shell() {}

    static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    /** Runs a command, which must succeed. */
    static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", String.join(" ", command), output)
                .isZero();
    }
}
