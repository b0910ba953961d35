package io.cuttlestore.reliability.leaks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process holds at a moment.
 *
 * @param threads their names; those of the common pool come and go as it likes
 * @param handles the files that are open
 * @param heap bytes in use after collections of garbage
 */
record Level(List<String> threads, List<String> handles, long heap) {
    private static final Path HANDLES = Path.of("/proc/self/fd");
    private static final int COLLECTIONS = 3;

    /** The level now. */
    static Level now() throws IOException, InterruptedException {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(5); // for what is done with references that were found
        }
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        return new Level(threadsNow(), handlesNow(), heap);
    }

    private static List<String> threadsNow() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> !name.startsWith("ForkJoinPool.commonPool"))
                .toList();
    }

    /** The handles now, by what they lead to. */
    static List<String> handlesNow() throws IOException {
        try (Stream<Path> handles = Files.list(HANDLES)) {
            return handles.map(Level::target).toList();
        }
    }

    private static String target(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (IOException closedMeanwhile) { // such as that of this very folder
            return "(closed)";
        }
    }

    /** What there is more of than before, for people; empty if there is nothing. */
    String growthSince(Level before, long heapAllowed) {
        StringBuilder growth = new StringBuilder();
        if (threads.size() > before.threads.size()) {
            growth.append(threads.size() - before.threads.size()).append(" threads more, among them ");
            growth.append(unlike(threads, before.threads)).append("; ");
        }
        if (handles.size() > before.handles.size()) {
            growth.append(handles.size() - before.handles.size()).append(" file handles more, among them ");
            growth.append(unlike(handles, before.handles)).append("; ");
        }
        if (heap > before.heap + heapAllowed) {
            growth.append((heap - before.heap) / 1024).append(" KiB more on the heap; ");
        }
        return growth.toString();
    }

    private static Set<String> unlike(List<String> now, List<String> before) {
        return now.stream()
                .filter(each -> !before.contains(each))
                .limit(10)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
