package io.cuttlestore.reliability.crash;

import static org.awaitility.Awaitility.await;

import io.cuttlestore.reliability.LeftOutException;
import io.cuttlestore.reliability.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Lets a process stand still, as SIGSTOP does. */
final class Standstill {
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final Duration LOOKED_EVERY = Duration.ofMillis(1);

    /** The states of proc(5) in which a thread carries out no code of the process: stopped, or waiting in the kernel for a disk. */
    private static final String STOPPED_OR_IN_THE_KERNEL = "TD";

    private Standstill() {}

    /**
     * Stops a process and waits until none of its threads goes on. The signal alone promises that for some time later: on a
     * busy machine for a quarter of a second later.
     */
    static void of(long pid) throws LeftOutException, InterruptedException {
        Tool.run("kill", "-STOP", Long.toString(pid));
        await().pollInterval(LOOKED_EVERY)
                .atMost(WITHIN)
                .ignoreExceptionsInstanceOf(UncheckedIOException.class) // of a thread that has just ended
                .until(() -> hasCome(pid));
    }

    private static boolean hasCome(long pid) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            return threads.allMatch(Standstill::isStopped);
        }
    }

    private static boolean isStopped(Path thread) {
        try {
            String status = Files.readString(thread.resolve("stat"));
            char state = status.charAt(status.lastIndexOf(')') + 2); // the name before it may hold anything
            return STOPPED_OR_IN_THE_KERNEL.indexOf(state) >= 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
