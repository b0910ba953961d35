package io.cuttlestore.benchmarks.run;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Why something failed, in a line for people. */
public final class Reason {
    private Reason() {}

    /** The words of what went wrong first. */
    public static String of(Throwable failure) {
        Throwable root = failure;
        for (Throwable next = failure; next != null; next = next(next)) {
            root = next;
        }
        if (root instanceof AccessDeniedException denied) {
            return "no permission for " + denied.getFile();
        }
        if (root instanceof NoSuchFileException missing) {
            return "there is no " + missing.getFile();
        }
        String message = root.getMessage();
        return message == null || message.isBlank()
                ? root.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElse(message);
    }

    private static @Nullable Throwable next(Throwable failure) {
        if (failure.getCause() != null) {
            return failure.getCause();
        }
        // Where JMH puts what a fork has thrown.
        return failure.getSuppressed().length > 0 ? failure.getSuppressed()[0] : null;
    }
}
