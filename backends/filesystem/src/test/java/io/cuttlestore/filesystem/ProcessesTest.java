package io.cuttlestore.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.PutOptions;
import io.cuttlestore.spi.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Several processes on one folder")
class ProcessesTest {
    private static final int PROCESSES = 3;
    private static final int THREADS = 2;
    private static final int ROUNDS = 60;

    @TempDir
    private Path folder;

    /** Adds to two counters, claims keys, and prints what it was told. */
    static final class Worker {
        public static void main(String[] arguments) throws InterruptedException {
            try (Cuttlestore<Integer> store =
                    Cuttlestore.open("filesystem://" + arguments[0] + "?timeout=60s", Integer.class)) {
                int rounds = Integer.parseInt(arguments[1]);
                List<Thread> threads = new ArrayList<>();
                for (int t = 0; t < THREADS; t++) {
                    threads.add(new Thread(() -> work(store, rounds)));
                }
                threads.forEach(Thread::start);
                for (Thread thread : threads) {
                    thread.join();
                }
            }
        }

        private static void work(Cuttlestore<Integer> store, int rounds) {
            for (int i = 0; i < rounds; i++) {
                String counter = "counter" + i % 2;
                store.update(counter, seen -> Optional.of(seen.orElse(0) + 1), PutOptions.never());
                System.out.println(counter);
                if (store.putIfAbsent("claim" + i, 1, PutOptions.ttl(Duration.ofHours(1)))) {
                    System.out.println("claim" + i);
                }
            }
        }
    }

    @Test
    @DisplayName("lose no update and grant no claim twice")
    void nothingLost() throws Exception {
        List<ChildJvm> children = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            children.add(ChildJvm.start(Worker.class, folder, ROUNDS));
        }
        List<String> told = new ArrayList<>();
        for (ChildJvm child : children) {
            told.addAll(child.readAll());
            assertThat(child.exit()).as(told.toString()).isZero();
        }
        int updates = PROCESSES * THREADS * ROUNDS;
        assertThat(told).hasSize(updates + ROUNDS);
        try (Cuttlestore<Integer> store = Cuttlestore.open("filesystem://" + folder, Integer.class)) {
            assertThat(store.get("counter0")).contains(updates / 2);
            assertThat(store.get("counter1")).contains(updates / 2);
        }
        assertThat(told.stream().filter(line -> line.startsWith("claim")))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, ROUNDS).mapToObj(i -> "claim" + i).toList());
    }

    @Test
    @DisplayName("survive the killing of one in the middle: what it was told is there, and what it left is removed")
    void killed() throws Exception {
        ChildJvm survivor = ChildJvm.start(Worker.class, folder, ROUNDS);
        List<String> told = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ChildJvm victim = ChildJvm.start(Worker.class, folder, 1_000_000);
            for (int line = 0; line < 40 + i; line++) {
                told.add(victim.readLine());
            }
            victim.kill();
            told.addAll(victim.readAll());
        }
        told.addAll(survivor.readAll());
        assertThat(survivor.exit()).isZero();
        long acknowledged =
                told.stream().filter(line -> line.startsWith("counter")).count();
        try (Cuttlestore<Integer> store = Cuttlestore.open("filesystem://" + folder, Integer.class)) {
            int counted =
                    store.get("counter0").orElse(0) + store.get("counter1").orElse(0);
            assertThat((long) counted).isBetween(acknowledged, acknowledged + 5 * THREADS);
            assertThat(told.stream().filter(line -> line.startsWith("claim")).collect(Collectors.toSet()))
                    .allSatisfy(claim -> assertThat(store.contains(claim)).isTrue());
            try (var entries = store.scan()) {
                assertThat(entries.mapToInt(entry -> entry.value()).sum()).isPositive();
            }
        }
        Folder left = new Folder(folder);
        left.now.set(System.currentTimeMillis() + Duration.ofHours(2).toMillis());
        try (Backend backend = left.open()) {
            assertThat(backend.deleteExpired(1_000_000, Folder.soon())).isPositive();
            assertThat(left.temporaryFiles()).isEmpty();
            assertThat(Folder.list(left.control("tmp"))).isEmpty();
            assertThat(Folder.list(left.control("expiry"))).isEmpty();
        }
    }
}
