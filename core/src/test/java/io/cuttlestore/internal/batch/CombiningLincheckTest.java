package io.cuttlestore.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cuttlestore.StoreFailedException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Trips;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers that share trips see one register a key, by Lincheck's stress test and checker; to hang is a failure too. */
@DisplayName("Combining is linearizable")
class CombiningLincheckTest {
    private static final ExecutorService LEADERS = Executors.newFixedThreadPool(2, CombiningLincheckTest::daemon);
    private static final ExecutorService COMPLETIONS = Executors.newFixedThreadPool(1, CombiningLincheckTest::daemon);

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    }

    private static final Key[] KEYS = {Namespace.ROOT.key("a"), Namespace.ROOT.key("b")};
    private static final Payload[] VALUES = {payload(0), payload(1), payload(2), payload(Registers.POISON)};

    private static Payload payload(int value) {
        return Payload.of(new byte[] {(byte) value});
    }

    private static Get get(int key) {
        return new Get(KEYS[key], Get.Want.VALUE, Deadline.NONE);
    }

    private static Put put(int key, int value, Condition condition) {
        return new Put(KEYS[key], VALUES[value], Expiry.NEVER, condition, Deadline.NONE);
    }

    private static Delete delete(int key) {
        return new Delete(KEYS[key], Condition.ALWAYS, true, Deadline.NONE);
    }

    private static int value(@Nullable Stored stored) {
        return stored == null ? -1 : stored.payload().bytes()[0];
    }

    private static String outcome(boolean applied) {
        return applied ? "applied" : "refused";
    }

    /** What the operations do, one after the other. */
    public static class Sequential {
        private final Map<Integer, Integer> registers = new HashMap<>();

        public int get(int key) {
            return registers.getOrDefault(key, -1);
        }

        public String put(int key, int value) {
            if (value == Registers.POISON) {
                return "failed";
            }
            registers.put(key, value);
            return outcome(true);
        }

        public String putIfAbsent(int key, int value) {
            if (value == Registers.POISON) {
                return "failed";
            }
            return outcome(registers.putIfAbsent(key, value) == null);
        }

        public int getAndDelete(int key) {
            Integer old = registers.remove(key);
            return old == null ? -1 : old;
        }

        public int getLater(int key) {
            return get(key);
        }

        public String putIfAbsentLater(int key, int value) {
            return putIfAbsent(key, value);
        }

        public int getAndDeleteLater(int key) {
            return getAndDelete(key);
        }
    }

    /** Callers on their own threads, all writes of whom meet in one lane. */
    @Param(name = "key", gen = IntGen.class, conf = "0:1")
    @Param(name = "value", gen = IntGen.class, conf = "1:3")
    public static class Blocked {
        private final BlockingLane lane;

        public Blocked() {
            this(true);
        }

        Blocked(boolean writes) {
            lane = new BlockingLane(new Registers(Trips.shared(1, 1)), 1, writes, LEADERS);
        }

        @Operation
        public int get(@Param(name = "key") int key) {
            return value(lane.execute(CombiningLincheckTest.get(key)));
        }

        @Operation
        public String put(@Param(name = "key") int key, @Param(name = "value") int value) {
            return put(CombiningLincheckTest.put(key, value, Condition.ALWAYS));
        }

        @Operation
        public String putIfAbsent(@Param(name = "key") int key, @Param(name = "value") int value) {
            return put(CombiningLincheckTest.put(key, value, Condition.IF_ABSENT));
        }

        private String put(Put put) {
            try {
                return outcome(lane.execute(put));
            } catch (StoreFailedException poisoned) {
                return "failed";
            }
        }

        @Operation
        public int getAndDelete(@Param(name = "key") int key) {
            return value(lane.execute(delete(key)).old());
        }
    }

    /** The fault that the checks are to notice: a lane that lets a key into a batch twice. */
    public static class KeysTwice extends Blocked {
        public KeysTwice() {
            super(false);
        }
    }

    /** Callers on their own threads and callers with futures, in front of one store. */
    @Param(name = "key", gen = IntGen.class, conf = "0:1")
    @Param(name = "value", gen = IntGen.class, conf = "1:3")
    public static class Mixed {
        private final Backend batcher = Batcher.before(new Registers(Trips.shared(1, 1)), LEADERS);
        private final AsyncLanes lanes = new AsyncLanes(batcher, LEADERS, COMPLETIONS);

        @Operation
        public int get(@Param(name = "key") int key) {
            return value(batcher.execute(CombiningLincheckTest.get(key)));
        }

        @Operation
        public String put(@Param(name = "key") int key, @Param(name = "value") int value) {
            try {
                return outcome(batcher.execute(CombiningLincheckTest.put(key, value, Condition.ALWAYS)));
            } catch (StoreFailedException poisoned) {
                return "failed";
            }
        }

        @Operation
        public int getLater(@Param(name = "key") int key) {
            return join(CombiningLincheckTest.get(key), CombiningLincheckTest::value);
        }

        @Operation
        public String putIfAbsentLater(@Param(name = "key") int key, @Param(name = "value") int value) {
            try {
                return join(CombiningLincheckTest.put(key, value, Condition.IF_ABSENT), CombiningLincheckTest::outcome);
            } catch (CompletionException poisoned) {
                return "failed";
            }
        }

        @Operation
        public int getAndDeleteLater(@Param(name = "key") int key) {
            return join(delete(key), result -> value(result.old()));
        }

        private <R extends @Nullable Object, T> T join(Command<R> command, Function<R, T> decode) {
            return lanes.submit(command, decode).join();
        }
    }

    private static void check(Class<?> callers, int scenarios) {
        new StressOptions()
                .iterations(scenarios)
                .invocationsPerIteration(400)
                .threads(4)
                .actorsPerThread(2)
                .actorsBefore(1)
                .actorsAfter(1)
                .sequentialSpecification(Sequential.class)
                .minimizeFailedScenario(false)
                .check(callers);
    }

    @ParameterizedTest
    @ValueSource(classes = {Blocked.class, Mixed.class})
    @DisplayName("for callers on their own threads, and with futures among them")
    void linearizable(Class<?> callers) {
        Registers.COMMANDS.set(0);
        Registers.TRIPS.set(0);
        check(callers, 7);
        assertThat(Registers.COMMANDS.get()).isGreaterThan(Registers.TRIPS.get() * 21 / 20);
    }

    @Test
    @DisplayName("which the checker would notice if it were not")
    void theCheckerBites() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> check(KeysTwice.class, 30))
                .withMessageContaining("Invalid execution results");
    }
}
