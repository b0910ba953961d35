package io.cuttlestore.cli;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ValueTooLargeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(description = "Write a value: VALUE as UTF-8, or with - all bytes of standard input.")
final class PutCommand extends StoreCommand {
    private static final int MAX_ARRAY_LENGTH = Integer.MAX_VALUE - 8;

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Let it expire after this time: 500ms, 60s, 10m, 2h, 7d. Without it, it never does.")
    private @Nullable Duration ttl;

    @Option(names = "--if-absent", description = "Write only if the key has no value; exit 1 if it has one.")
    private boolean ifAbsent;

    PutCommand(Shell shell) {
        super(shell, "KEY", "VALUE|-");
    }

    @Override
    boolean mayCreate() {
        return true;
    }

    @Override
    int run(Cuttlestore<byte[]> store, List<String> arguments) throws IOException {
        String key = arguments.get(0);
        byte[] value = value(
                arguments.get(1), store.connection().capabilities().limits().maxValueBytes());
        PutOptions options = ttl == null ? PutOptions.never() : PutOptions.ttl(ttl);
        if (!ifAbsent) {
            store.put(key, value, options);
            return ExitCode.OK;
        }
        return store.putIfAbsent(key, value, options) ? ExitCode.OK : ExitCode.NO;
    }

    private byte[] value(String argument, long maxBytes) throws IOException {
        if (!argument.equals("-")) {
            return argument.getBytes(StandardCharsets.UTF_8);
        }
        int accepted = (int) Math.min(maxBytes, MAX_ARRAY_LENGTH - 1);
        byte[] value = shell().in().readNBytes(accepted + 1);
        if (value.length > accepted) {
            throw new ValueTooLargeException("the value on standard input is larger than " + Printable.size(accepted)
                    + ", the most that this store accepts; nothing was written");
        }
        return value;
    }
}
