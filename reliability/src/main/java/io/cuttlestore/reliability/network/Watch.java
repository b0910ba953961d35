package io.cuttlestore.reliability.network;

import io.cuttlestore.AsyncCuttlestore;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Entry;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.Page;
import io.cuttlestore.reliability.Tally;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Watches calls: that each ends in time, throws nothing but what is documented, and returns values that were written to the
 * key that was asked for. Thread-safe.
 */
final class Watch {
    /**
     * How much later than it should a call may end on a machine of two cores on which dozens of threads run: its caller, its
     * leader, two of the proxy and the server wait for a core one after the other. A call that began its time limit
     * anew would be later than that.
     */
    private static final Duration CORES_ARE_BUSY = Duration.ofMillis(150);

    /** The separator of the key and what makes a value different from all others. */
    private static final char OF = '=';

    private final Duration timeout;
    private final Stalls stalls;
    private final Tally tally;
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private volatile boolean timed = true;

    Watch(Duration timeout, Stalls stalls, Tally tally) {
        this.timeout = timeout;
        this.stalls = stalls;
        this.tally = tally;
    }

    /** A value for this key and no other. */
    static String value(String key, String unique) {
        return key + OF + unique;
    }

    /** Watches calls that may end late, as what a JVM does first is slow. */
    void untimed(Runnable calls) {
        timed = false;
        try {
            calls.run();
        } finally {
            timed = true;
        }
    }

    /** What makes a value different from all others. */
    static String unique(String value) {
        return value.substring(value.lastIndexOf(OF) + 1);
    }

    /** The same store, watched. */
    Cuttlestore<String> over(Cuttlestore<String> store) {
        return watched("", (method, arguments) -> method.invoke(store, arguments));
    }

    /** The same store, watched, whose calls are asynchronous ones that are waited for. */
    Cuttlestore<String> overAsync(Cuttlestore<String> store) {
        AsyncCuttlestore<String> async = store.async();
        return watched("async ", (method, arguments) -> {
            Method twin = AsyncCuttlestore.class.getMethod(method.getName(), method.getParameterTypes());
            return ((CompletableFuture<?>) twin.invoke(async, arguments)).join();
        });
    }

    @FunctionalInterface
    private interface Target {
        @Nullable
        Object call(Method method, @Nullable Object @Nullable [] arguments) throws ReflectiveOperationException;
    }

    @SuppressWarnings("unchecked") // all that is passed on is of this type
    private Cuttlestore<String> watched(String face, Target target) {
        return (Cuttlestore<String>) Proxy.newProxyInstance(
                Watch.class.getClassLoader(),
                new Class<?>[] {Cuttlestore.class},
                (proxy, method, arguments) -> call(face, target, method, arguments));
    }

    private @Nullable Object call(String face, Target target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        long begin = System.nanoTime();
        String outcome = "";
        try {
            Object result = target.call(method, arguments);
            requireOwn(method, arguments, result);
            return result;
        } catch (InvocationTargetException | CompletionException e) {
            Throwable failure = e.getCause() == null ? e : e.getCause();
            outcome = " that ended with " + failure;
            requireDocumented(method.getName(), failure);
            throw failure;
        } finally {
            requireInTime(face + method.getName() + outcome, timeout.multipliedBy(trips(method)), begin);
        }
    }

    /** Requires that a call may throw this. */
    void requireDocumented(String call, Throwable failure) {
        if (failure instanceof CuttlestoreException) {
            tally.count(failure instanceof OutcomeUnknownException ? "outcomes unknown" : "calls failed");
        } else {
            complain(call + " threw what is not documented: " + failure);
        }
    }

    /**
     * Requires that a call that ends now has taken no longer than its limit and 10 %.
     *
     * @param begin when it began
     */
    void requireInTime(String call, Duration limit, long begin) {
        if (!timed) {
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        Duration allowed = limit.multipliedBy(11).dividedBy(10);
        Duration late = took.minus(allowed);
        tally.count("calls");
        tally.most("ms later than timeout + 10 % at most", Math.max(0, late.toMillis()));
        if (late.compareTo(CORES_ARE_BUSY) > 0) {
            Duration stalled = stalls.since(begin);
            if (late.compareTo(CORES_ARE_BUSY.plus(stalled)) > 0) {
                complain(call + " took " + took.toMillis() + " ms, allowed were " + allowed.toMillis()
                        + "; the machine stalled for " + stalled.toMillis() + " ms");
            }
        }
    }

    /** The time limit is one of each trip. An update makes two, and may begin them anew until the time of one is over. */
    private static int trips(Method method) {
        return method.getName().equals("update") ? 3 : 1;
    }

    private void requireOwn(Method method, @Nullable Object @Nullable [] arguments, @Nullable Object result) {
        if (result instanceof Optional<?> optional && optional.isPresent() && arguments != null) {
            Object found = optional.get();
            requireOwn(method, String.valueOf(arguments[0]), found instanceof Entry<?> entry ? entry.value() : found);
        } else if (result instanceof Map<?, ?> map) {
            map.forEach((key, value) -> requireOwn(method, String.valueOf(key), value));
        } else if (result instanceof Page<?> page) {
            page.entries().forEach(entry -> requireOwn(method, entry.key(), entry.value()));
        }
    }

    private void requireOwn(Method method, String key, Object value) {
        if (!String.valueOf(value).startsWith(key + OF)) {
            complain(method.getName() + " of key '" + key + "' returned what belongs to another: " + value);
        }
    }

    void complain(String what) {
        complaints.add(what);
    }

    /** Throws what was wrong since the last time, if anything was. */
    void requireNoComplaints() {
        String all = String.join("\n", complaints);
        complaints.clear();
        if (!all.isEmpty()) {
            throw new AssertionError(all);
        }
    }
}
