package io.cuttlestore.reliability.leaks;

import io.cuttlestore.reliability.Heap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process holds at a moment.
 *
 * @param threads those that are alive; not those of the common pool, which come and go as it likes
 * @param handles how often each file is open
 * @param heap bytes in use after collections of garbage
 */
record Level(Set<Thread> threads, Map<String, Long> handles, long heap) {
    private static final Path HANDLES = Path.of("/proc/self/fd");
    private static final int MOST_SHOWN = 10;

    /** The level now. */
    static Level now() throws IOException {
        return new Level(threadsNow(), handlesNow(), Heap.used());
    }

    private static Set<Thread> threadsNow() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool.commonPool"))
                .collect(Collectors.toSet());
    }

    /** The handles now, by what they lead to. */
    static Map<String, Long> handlesNow() throws IOException {
        try (Stream<Path> handles = Files.list(HANDLES)) {
            return handles.flatMap(Level::target)
                    .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        }
    }

    private static Stream<String> target(Path handle) {
        try {
            return Stream.of(Files.readSymbolicLink(handle).toString());
        } catch (NoSuchFileException closedMeanwhile) {
            return Stream.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files that are open more often than before. */
    static List<String> moreHandles(Map<String, Long> now, Map<String, Long> before) {
        return now.keySet().stream()
                .filter(file -> now.getOrDefault(file, 0L) > before.getOrDefault(file, 0L))
                .sorted()
                .limit(MOST_SHOWN)
                .toList();
    }

    /**
     * Requires that all that there is was there before.
     *
     * @throws AssertionError if a thread has begun, a file has been opened or the heap has grown by more than is allowed
     */
    void requireNoMoreThan(Level before, long heapAllowed) {
        List<String> more = new ArrayList<>();
        threads.stream()
                .filter(thread -> !before.threads.contains(thread))
                .limit(MOST_SHOWN)
                .forEach(thread -> more.add("the thread " + thread.getName()));
        moreHandles(handles, before.handles).forEach(file -> more.add("a handle of " + file));
        if (heap > before.heap + heapAllowed) {
            more.add((heap - before.heap) / 1024 + " KiB on the heap");
        }
        if (!more.isEmpty()) {
            throw new AssertionError("there is more than before: " + String.join(", ", more));
        }
    }
}
