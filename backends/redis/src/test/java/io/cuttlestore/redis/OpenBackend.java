package io.cuttlestore.redis;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import io.cuttlestore.testkit.Backends;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** A Redis backend opened from a connection string, with shorter words for tests. */
final class OpenBackend implements AutoCloseable {
    private final Backend backend;
    private final Duration timeout;

    private OpenBackend(Backend backend, Duration timeout) {
        this.backend = backend;
        this.timeout = timeout;
    }

    static OpenBackend open(String url) {
        return open(url, Duration.ofSeconds(5));
    }

    static OpenBackend open(String url, Duration timeout) {
        return new OpenBackend(Backends.open(url, timeout), timeout);
    }

    static OpenBackend open(RedisServer server, Duration timeout) {
        return open("redis://" + server.address(), timeout);
    }

    static OpenBackend open(RedisServer server) {
        return open("redis://" + server.address());
    }

    Backend spi() {
        return backend;
    }

    static Key key(String name) {
        return Namespace.ROOT.key(name);
    }

    Deadline deadline() {
        return Deadline.after(timeout);
    }

    boolean put(String key, String value) {
        return put(key, value, Expiry.NEVER, Condition.ALWAYS);
    }

    boolean put(String key, String value, Expiry expiry, Condition condition) {
        return backend.execute(putCommand(key, value, expiry, condition));
    }

    Put putCommand(String key, String value, Expiry expiry, Condition condition) {
        Payload payload = Payload.of(value.getBytes(StandardCharsets.UTF_8));
        return new Put(key(key), payload, expiry, condition, deadline());
    }

    String get(String key) {
        Stored stored = backend.execute(new Get(key(key), Get.Want.VALUE, deadline()));
        return stored == null ? null : text(stored);
    }

    boolean contains(String key) {
        return backend.execute(new Get(key(key), Get.Want.EXISTENCE, deadline())) != null;
    }

    Stored entry(String key) {
        return backend.execute(new Get(key(key), Get.Want.ENTRY, deadline()));
    }

    boolean delete(String key) {
        return backend.execute(new Delete(key(key), Condition.ALWAYS, false, deadline()))
                .deleted();
    }

    boolean delete(String key, String version) {
        return backend.execute(new Delete(key(key), Condition.ifVersion(version), false, deadline()))
                .deleted();
    }

    DeleteResult getAndDelete(String key, Condition.OfDelete condition) {
        return backend.execute(new Delete(key(key), condition, true, deadline()));
    }

    boolean touch(String key, Expiry expiry) {
        return backend.execute(new Touch(key(key), expiry, deadline()));
    }

    static String text(Stored stored) {
        return new String(stored.payload().bytes(), StandardCharsets.UTF_8);
    }

    /** Carries out commands together; a failure stands where the reply would. */
    List<Object> all(List<? extends Command<?>> commands) {
        List<Outcome<?>> calls = new ArrayList<>();
        commands.forEach(command -> calls.add(new Outcome<>(command)));
        backend.executeAll(calls);
        List<Object> outcomes = new ArrayList<>();
        for (Outcome<?> call : calls) {
            if (call.completions != 1) {
                throw new AssertionError(call.command() + " was completed " + call.completions + " times");
            }
            outcomes.add(call.outcome);
        }
        return outcomes;
    }

    List<Object> getAll(Collection<String> keys) {
        return all(keys.stream()
                        .map(key -> new Get(key(key), Get.Want.VALUE, deadline()))
                        .toList())
                .stream()
                .map(outcome -> outcome instanceof Stored stored ? text(stored) : outcome)
                .toList();
    }

    ScanPage page(String prefix, String cursor, int size) {
        return backend.page(new ScanRequest(prefix, cursor, size, false, deadline()));
    }

    /** Follows a scan to its end. */
    List<ScanEntry> scan(String prefix, int pageSize) {
        List<ScanEntry> entries = new ArrayList<>();
        String cursor = null;
        do {
            ScanPage page = page(prefix, cursor, pageSize);
            entries.addAll(page.entries());
            cursor = page.next();
        } while (cursor != null);
        return entries;
    }

    List<String> keys(String prefix, int pageSize) {
        return scan(prefix, pageSize).stream().map(ScanEntry::key).distinct().toList();
    }

    void clear(String prefix) {
        String cursor = null;
        do {
            cursor = backend.clear(new ScanRequest(prefix, cursor, 100, true, deadline()));
        } while (cursor != null);
    }

    @Override
    public void close() {
        backend.close();
    }

    private static final class Outcome<R> implements Call<R> {
        private final Command<R> command;
        private Object outcome;
        private int completions;

        private Outcome(Command<R> command) {
            this.command = command;
        }

        @Override
        public Command<R> command() {
            return command;
        }

        @Override
        public void complete(R reply) {
            outcome = reply;
            completions++;
        }

        @Override
        public void fail(CuttlestoreException failure) {
            outcome = failure;
            completions++;
        }
    }
}
