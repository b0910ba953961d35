package io.cuttlestore.reliability;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Processes that carry out the same orders at the same time, each order and each line of an answer being a line of text.
 * They live until they are closed, so that an attempt need not wait for JVMs to start. Not thread-safe.
 */
public final class Peers implements AutoCloseable {
    private static final String READY = "ready";
    private static final String GO = "go";
    private static final String DONE = "done";
    private static final long MOST_MINUTES = 3;

    private final List<Peer> peers = new ArrayList<>();

    private Peers() {}

    /**
     * Starts some.
     *
     * @param main a class whose main method {@linkplain #serve serves}; its first argument is the number of the process
     * @param within where they get folders for temporary files
     */
    public static Peers start(Class<?> main, int count, Path within) throws IOException {
        Peers started = new Peers();
        try {
            for (int i = 0; i < count; i++) {
                ChildJvm jvm = ChildJvm.of(main)
                        .arguments(List.of(Integer.toString(i)))
                        .start(within);
                started.peers.add(new Peer(jvm));
            }
        } catch (IOException e) {
            started.close();
            throw e;
        }
        return started;
    }

    /** What an order asks for, in the process that carries it out. */
    @FunctionalInterface
    public interface Player {
        /** Prepares it; what is returned does it, and is closed afterwards. */
        Play prepare(String order) throws Exception;
    }

    /** An order that is prepared. */
    @FunctionalInterface
    public interface Play extends AutoCloseable {
        /** Carries it out; the lines to answer with. */
        List<String> perform() throws Exception;

        @Override
        default void close() {}
    }

    /**
     * Lets all prepare for an order, carry it out together, and answer; their answers, in the order of their numbers.
     *
     * @throws AssertionError if one ends, or does not answer for minutes; then all are killed
     */
    public List<List<String>> perform(String order) throws IOException {
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> unused =
                end.orTimeout(MOST_MINUTES, TimeUnit.MINUTES).whenComplete((done, tooLate) -> killIf(tooLate != null));
        try {
            for (Peer peer : peers) {
                peer.say(order);
            }
            for (Peer peer : peers) {
                peer.listen(READY);
            }
            for (Peer peer : peers) {
                peer.say(GO);
            }
            List<List<String>> answers = new ArrayList<>();
            for (Peer peer : peers) {
                answers.add(peer.listen(DONE));
            }
            return answers;
        } finally {
            end.complete(null);
        }
    }

    private void killIf(boolean tooLate) {
        if (tooLate) {
            peers.forEach(peer -> peer.jvm.destroy());
        }
    }

    /** Carries out orders until there are no more. What goes wrong ends the process. */
    public static void serve(Player player) throws Exception {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            try (Play play = player.prepare(order)) {
                out.println(READY);
                out.flush();
                if (!GO.equals(orders.readLine())) {
                    return;
                }
                play.perform().forEach(out::println);
            }
            out.println(DONE);
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        for (Peer peer : peers) {
            peer.jvm.close();
        }
    }

    private static final class Peer {
        private final ChildJvm jvm;
        private final BufferedReader answers;

        Peer(ChildJvm jvm) {
            this.jvm = jvm;
            this.answers = new BufferedReader(new InputStreamReader(jvm.output(), StandardCharsets.UTF_8));
        }

        void say(String line) throws IOException {
            try {
                jvm.input().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                jvm.input().flush();
            } catch (IOException e) {
                throw new IOException("a process has ended by itself: " + jvm.errors(), e);
            }
        }

        /** The lines before this one. */
        List<String> listen(String last) throws IOException {
            List<String> lines = new ArrayList<>();
            for (String line = answers.readLine(); !last.equals(line); line = answers.readLine()) {
                if (line == null) {
                    throw new AssertionError("a process has ended, or did not answer within " + MOST_MINUTES
                            + " minutes: " + jvm.errors());
                }
                lines.add(line);
            }
            return lines;
        }
    }
}
