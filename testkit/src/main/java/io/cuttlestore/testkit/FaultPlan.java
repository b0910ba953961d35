package io.cuttlestore.testkit;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Layer;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says which commands of a {@link FaultInjectingBackend} go wrong, and how. Commands are counted as they arrive, those of
 * a batch one by one; 1 is the next. As a {@link Layer} it wraps a backend in one that follows the plan. Thread-safe.
 */
public final class FaultPlan implements Layer {
    private static final long MOST_NANOS_LATE = 2_000_000;

    private final Map<Integer, Fault> faults = new ConcurrentHashMap<>();
    private final AtomicInteger arrived = new AtomicInteger();
    private final AtomicInteger injected = new AtomicInteger();
    private volatile IntFunction<@Nullable Fault> others = number -> null;
    private final CountDownLatch hanging = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** What goes wrong with a command. */
    @FunctionalInterface
    interface Fault {
        <R extends @Nullable Object> R on(Command<R> command, Backend inner);
    }

    /** The command of this number fails and is not carried out. */
    public FaultPlan failAt(int number, Supplier<? extends CuttlestoreException> failure) {
        return at(number, new Fault() {
            @Override
            public <R extends @Nullable Object> R on(Command<R> command, Backend inner) {
                throw failure.get();
            }
        });
    }

    /** The command of this number is carried out, and fails with what stands for its lost reply. */
    public FaultPlan loseReplyAt(int number, Supplier<? extends CuttlestoreException> failure) {
        return at(number, new Fault() {
            @Override
            public <R extends @Nullable Object> R on(Command<R> command, Backend inner) {
                inner.execute(command);
                throw failure.get();
            }
        });
    }

    /** The command of this number waits for {@link #release()}, through interrupts, and is then carried out. */
    public FaultPlan hangAt(int number) {
        return at(number, new Fault() {
            @Override
            public <R extends @Nullable Object> R on(Command<R> command, Backend inner) {
                hanging.countDown();
                awaitRelease();
                return inner.execute(command);
            }
        });
    }

    /**
     * Of the commands that are not to go wrong otherwise, one in so many does: it fails and is not carried out, loses its
     * reply, or comes a little late, one as often as the other.
     *
     * @param seed decides which, and how
     */
    public FaultPlan randomly(long seed, int oneIn) {
        others = number -> {
            SplittableRandom random = new SplittableRandom(seed + number);
            return random.nextInt(oneIn) == 0 ? anyFault(random) : null;
        };
        return this;
    }

    /** No command goes wrong any more by chance. */
    public void calm() {
        others = number -> null;
    }

    private static Fault anyFault(SplittableRandom random) {
        int kind = random.nextInt(3);
        long late = random.nextLong(MOST_NANOS_LATE);
        return new Fault() {
            @Override
            public <R extends @Nullable Object> R on(Command<R> command, Backend inner) {
                if (kind == 0) {
                    throw new StoreUnavailableException("a failure before anything was sent");
                }
                LockSupport.parkNanos(late);
                R reply = inner.execute(command);
                if (kind == 1) {
                    throw command.isWrite()
                            ? new OutcomeUnknownException("a write whose reply was lost")
                            : new StoreTimeoutException("a read whose reply was lost");
                }
                return reply;
            }
        };
    }

    private FaultPlan at(int number, Fault fault) {
        faults.put(arrived.get() + number, fault);
        return this;
    }

    private void awaitRelease() {
        boolean interrupted = false;
        while (true) {
            try {
                released.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until a command hangs. */
    public void awaitHanging() throws InterruptedException {
        hanging.await();
    }

    /** Lets every command go on that hangs, now or later. */
    public void release() {
        released.countDown();
    }

    /** How many commands have arrived. */
    public int arrived() {
        return arrived.get();
    }

    /** How many of them went wrong. */
    public int injected() {
        return injected.get();
    }

    /** The fault of a command that arrives now, if it has one. */
    @Nullable
    Fault next() {
        int number = arrived.incrementAndGet();
        Fault planned = faults.get(number);
        Fault fault = planned != null ? planned : others.apply(number);
        if (fault != null) {
            injected.incrementAndGet();
        }
        return fault;
    }

    @Override
    public Backend wrap(Backend inner) {
        return new FaultInjectingBackend(inner, this);
    }
}
