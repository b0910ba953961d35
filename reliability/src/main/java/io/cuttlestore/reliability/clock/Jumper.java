package io.cuttlestore.reliability.clock;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import redis.clients.jedis.Jedis;

/**
 * The process whose wall clock jumps while it uses a store of each kind. It ends with a message if an entry is there when it
 * should not be, or is not when it should.
 */
public final class Jumper {
    private static final int STEPS = 150;
    private static final int KEYS = 12;

    /** What clocks of whole milliseconds may differ. */
    private static final long SLACK = 3;

    /** Redis reads its clock once for what has arrived together, and may have to wait for a processor then. */
    private static final long SLACK_OF_A_SERVER = 20;

    private static final Duration TIMEOUT = Duration.ofMillis(300);
    private static final List<Duration> LIVES = List.of(
            Duration.ofMillis(20),
            Duration.ofMillis(60),
            Duration.ofMillis(150),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofDays(5),
            Duration.ofDays(30));
    private static final List<Duration> JUMPS = List.of(Duration.ofHours(1), Duration.ofDays(10));

    private final WallClock clock;
    private final SplittableRandom random;
    private final List<Ward> wards;
    private int values;

    private Jumper(WallClock clock, SplittableRandom random, List<Ward> wards) {
        this.clock = clock;
        this.random = random;
        this.wards = wards;
    }

    /**
     * Runs.
     *
     * @param arguments the file of the clock, the folder for stores, the port of a Redis server, the seed
     */
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        WallClock clock = WallClock.map(Path.of(arguments[0]));
        String folder = arguments[1];
        int port = Integer.parseInt(arguments[2]);
        SplittableRandom random = new SplittableRandom(Long.parseLong(arguments[3]));
        clock.set(jump(random));
        // The stores of this machine follow the clock forwards only, from when they are first used.
        List<Ward> wards = List.of(
                new Ward("in-memory", open("in-memory:"), () -> 0, SLACK, clock),
                new Ward("filesystem", open("filesystem://" + folder + "/files"), clock::furthest, SLACK, clock),
                new Ward("sqlite", open("sqlite://" + folder + "/store.db"), clock::furthest, SLACK, clock),
                new Ward("redis", open("redis://127.0.0.1:" + port), () -> 0, SLACK_OF_A_SERVER, clock));
        new Jumper(clock, random, wards).run(folder, port);
        System.out.println("end");
    }

    private static Cuttlestore<String> open(String store) {
        return Cuttlestore.builder(store)
                .sweepEvery(Duration.ofMillis(20))
                .timeout(TIMEOUT)
                .open(String.class);
    }

    private static long jump(SplittableRandom random) {
        long length = JUMPS.get(random.nextInt(JUMPS.size())).toMillis();
        return switch (random.nextInt(3)) {
            case 0 -> -length;
            case 1 -> 0;
            default -> length;
        };
    }

    private void run(String folder, int port) throws Exception {
        for (int step = 0; step < STEPS; step++) {
            if (random.nextInt(10) == 0) {
                clock.set(jump(random));
            }
            for (Ward ward : wards) {
                act(ward);
            }
            if (random.nextInt(3) == 0) {
                TimeUnit.MILLISECONDS.sleep(random.nextInt(20));
                wards.forEach(Ward::check);
            }
        }
        requireTimeouts(folder, port);
        for (Ward ward : wards) {
            ward.check();
            System.out.println("decided\t" + ward.name() + "\t" + ward.decided());
            if (!ward.name().equals("in-memory")) {
                ward.print();
            }
            ward.store().close();
        }
    }

    private void act(Ward ward) {
        String key = "key" + random.nextInt(KEYS);
        String value = "value" + ++values;
        Duration life = LIVES.get(random.nextInt(LIVES.size()));
        switch (random.nextInt(6)) {
            case 0 -> ward.put(key, value, life);
            case 1 -> ward.put(key, value, null);
            case 2 -> ward.putIfAbsent(key, value, life);
            case 3 -> ward.touch(key, life);
            default -> {
                if (ward.name().equals("in-memory")) {
                    ward.put(key, value, life);
                } else {
                    ward.putUntil(key, value, life);
                }
            }
        }
    }

    /** A call that waits ends when its time is up, wherever the clock is meanwhile. */
    private void requireTimeouts(String folder, int port) throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + folder + "/store.db");
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            requireTimeout(ward("sqlite"));
            statement.execute("ROLLBACK");
        }
        try (Jedis other = new Jedis("127.0.0.1", port)) {
            String pause = Long.toString(TIMEOUT.toMillis() * 3);
            other.sendCommand(() -> "CLIENT".getBytes(StandardCharsets.US_ASCII), "PAUSE", pause, "ALL");
            requireTimeout(ward("redis"));
            other.ping(); // which the server answers when the pause is over
        }
    }

    private Ward ward(String name) {
        return wards.stream()
                .filter(ward -> ward.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void requireTimeout(Ward ward) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        long before = clock.offset();
        Thread jumps = new Thread(() -> {
            begun.countDown();
            for (int i = 0; i < 10; i++) {
                clock.set(before - (i % 2) * JUMPS.get(1).toMillis());
                pause();
            }
        });
        jumps.start();
        begun.await();
        long begin = System.nanoTime();
        try {
            ward.store().put("any", "value");
            throw new AssertionError(ward.name() + ": a call that could not take place returned");
        } catch (CuttlestoreException timeIsUp) {
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            if (took < TIMEOUT.toMillis() / 2 || took > TIMEOUT.toMillis() * 2) {
                throw new AssertionError(
                        ward.name() + ": a call with a time limit of " + TIMEOUT + " took " + took + " ms");
            }
        } finally {
            jumps.join();
            clock.set(before);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
