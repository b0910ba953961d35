package io.cuttlestore.reliability;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Libraries in C that stand before libc in a {@linkplain ChildJvm.Builder#preload child JVM}, and the files of numbers by
 * which a process tells its library what to do.
 */
public final class Shim {
    private Shim() {}

    /**
     * Compiles one.
     *
     * @param neighbour the class beside which its source lies
     * @param name of the source, without {@code .c}
     * @param folder where the library is put
     * @throws LeftOutException if this machine has no C compiler
     */
    public static Path compile(Class<?> neighbour, String name, Path folder)
            throws IOException, LeftOutException, InterruptedException {
        Path source = folder.resolve(name + ".c");
        Path library = folder.resolve(name + ".so");
        try (InputStream text = Objects.requireNonNull(neighbour.getResourceAsStream(name + ".c"))) {
            Files.copy(text, source);
        }
        Tool.run("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString(), "-ldl");
        return library;
    }

    /** Makes a file of zeros, before the process starts. */
    public static void createShared(Path file, int bytes) throws IOException {
        Files.write(file, new byte[bytes]);
    }

    /** Maps the file in the process, as the library does. */
    public static MappedByteBuffer mapShared(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer shared = channel.map(FileChannel.MapMode.READ_WRITE, 0, channel.size());
            shared.order(ByteOrder.nativeOrder());
            return shared;
        }
    }
}
