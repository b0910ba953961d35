package io.cuttlestore.cli;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.Limits;
import io.cuttlestore.Support;
import io.cuttlestore.Traits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.core.JsonGenerator;

@Command(description = "Show what a store is, how far away it is, and what it can do.")
final class InfoCommand extends StoreCommand {
    private static final int PINGS = 11;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    InfoCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(Cuttlestore<byte[]> store, List<String> arguments) throws IOException {
        CuttlestoreConnection connection = store.connection();
        long roundTripNanos = medianPing(connection);
        if (json) {
            printJson(connection, roundTripNanos);
        } else {
            shell().out().write(columns(connection, roundTripNanos).getBytes(StandardCharsets.UTF_8));
        }
        return ExitCode.OK;
    }

    private static long medianPing(CuttlestoreConnection connection) {
        long[] nanos = new long[PINGS];
        for (int i = 0; i < PINGS; i++) {
            long begin = System.nanoTime();
            connection.ping();
            nanos[i] = System.nanoTime() - begin;
        }
        Arrays.sort(nanos);
        return nanos[PINGS / 2];
    }

    private static String columns(CuttlestoreConnection connection, long roundTripNanos) {
        Capabilities capabilities = connection.capabilities();
        Traits traits = capabilities.traits();
        return new Columns()
                .row("backend", traits.backend())
                .row("server", traits.server())
                .row("location", Printable.line(connection.location()))
                .row("reachable", "yes")
                .row("round trip", Times.latency(roundTripNanos) + ", median of " + PINGS)
                .row("durability", word(traits.durability()) + ": a write survives " + survives(traits))
                .row("clock", word(traits.clock()))
                .row("limits", limits(capabilities.limits()))
                .row("native", with(Support.NATIVE, capabilities))
                .row("emulated", with(Support.EMULATED, capabilities))
                .row("not supported", with(Support.NONE, capabilities))
                .toString();
    }

    private static String survives(Traits traits) {
        return switch (traits.durability()) {
            case NONE -> "nothing, it is gone with the process";
            case PROCESS -> "the end of the process, kill -9 included";
            case POWER -> "a power cut";
            case SERVER -> "the end of this client; the server's settings decide the rest";
        };
    }

    private static String limits(Limits limits) {
        return "keys up to " + Printable.size(limits.maxKeyBytes()) + ", values up to "
                + Printable.size(limits.maxValueBytes());
    }

    private static String with(Support support, Capabilities capabilities) {
        String names = Arrays.stream(Capability.values())
                .filter(capability -> capabilities.support(capability) == support)
                .map(InfoCommand::word)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "nothing" : names;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void printJson(CuttlestoreConnection connection, long roundTripNanos) throws IOException {
        Capabilities capabilities = connection.capabilities();
        Traits traits = capabilities.traits();
        try (JsonGenerator generator = Json.generator(shell().out(), shell().terminalOut())) {
            generator.writeStartObject();
            generator.writeStringProperty("backend", traits.backend());
            generator.writeStringProperty("server", traits.server());
            generator.writeStringProperty("location", connection.location());
            generator.writeBooleanProperty("reachable", true);
            generator.writeNumberProperty("roundTripNanos", roundTripNanos);
            generator.writeStringProperty("durability", word(traits.durability()));
            generator.writeStringProperty("clock", word(traits.clock()));
            generator.writeNumberProperty("maxKeyBytes", capabilities.limits().maxKeyBytes());
            generator.writeNumberProperty("maxValueBytes", capabilities.limits().maxValueBytes());
            generator.writeObjectPropertyStart("capabilities");
            capabilities
                    .all()
                    .forEach((capability, support) -> generator.writeStringProperty(word(capability), word(support)));
            generator.writeEndObject();
            generator.writeEndObject();
        }
        shell().out().write('\n');
    }
}
