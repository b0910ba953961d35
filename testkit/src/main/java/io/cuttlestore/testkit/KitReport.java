package io.cuttlestore.testkit;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Counts the tests of a kit class and writes the outcome, with what the backend declares, to a file in the folder that
 * {@code cuttlestore.kit.results} names. Without that property it writes nothing.
 */
final class KitReport implements BeforeAllCallback, AfterAllCallback, TestWatcher {
    static final String RESULTS = "cuttlestore.kit.results";
    static final String TITLE = "title";
    static final String BACKEND = "backend";
    static final String SERVER = "server";
    static final String DURABILITY = "durability";
    static final String CLOCK = "clock";
    static final String MAX_VALUE_BYTES = "max-value-bytes";
    static final String SUCCESSFUL = "successful";
    static final String FAILED = "failed";
    static final String SKIPPED = "skipped";

    private static final Namespace OURS = Namespace.create(KitReport.class);

    /** The outcomes of one kit class with its groups. */
    private static final class Tally {
        final AtomicInteger successful = new AtomicInteger();
        final AtomicInteger failed = new AtomicInteger();
        final AtomicInteger skipped = new AtomicInteger();
    }

    private static Tally tally(ExtensionContext context) {
        return context.getStore(OURS).getOrDefault(Tally.class, Tally.class, new Tally());
    }

    private static boolean isKit(ExtensionContext context) {
        return CuttlestoreKit.class.isAssignableFrom(context.getRequiredTestClass());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (isKit(context)) {
            context.getStore(OURS).put(Tally.class, new Tally());
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        tally(context).successful.incrementAndGet();
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
        tally(context).failed.incrementAndGet();
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
        tally(context).skipped.incrementAndGet();
    }

    @Override
    public void testDisabled(ExtensionContext context, Optional<String> reason) {
        tally(context).skipped.incrementAndGet();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        String folder = System.getProperty(RESULTS);
        if (folder != null && isKit(context)) {
            Rules.declaredBy(context.getRequiredTestClass())
                    .ifPresent(declared -> write(Path.of(folder), context, properties(context, declared)));
        }
    }

    private static Properties properties(ExtensionContext context, Capabilities declared) {
        Properties properties = new Properties();
        properties.setProperty(TITLE, context.getDisplayName());
        properties.setProperty(BACKEND, declared.traits().backend());
        properties.setProperty(SERVER, declared.traits().server());
        properties.setProperty(DURABILITY, declared.traits().durability().name());
        properties.setProperty(CLOCK, declared.traits().clock().name());
        properties.setProperty(MAX_VALUE_BYTES, String.valueOf(declared.limits().maxValueBytes()));
        for (Capability capability : Capability.values()) {
            properties.setProperty(
                    capability.name(), declared.support(capability).name());
        }
        Tally tally = tally(context);
        properties.setProperty(SUCCESSFUL, tally.successful.toString());
        properties.setProperty(FAILED, tally.failed.toString());
        properties.setProperty(SKIPPED, tally.skipped.toString());
        return properties;
    }

    private static void write(Path folder, ExtensionContext context, Properties properties) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve(context.getRequiredTestClass().getName() + ".properties");
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
