package io.cuttlestore.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.Capability;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreFullException;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Put;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

@DisplayName("When Redis fails")
class RedisFailureTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    /** The timeout and 10 %, and what a busy machine may keep a thread waiting for a processor. */
    private static final Duration IN_TIME = Duration.ofMillis(550 + 400);

    @Test
    @DisplayName("a wrong password is refused at open, and no message or cause repeats it")
    void wrongPassword() {
        String secret = "Hunter2-not-it";
        String address = RedisServers.acl().address();
        for (String url : List.of(
                "redis://agent:" + secret + "@" + address,
                "redis://" + address + "?username=agent&password=" + secret,
                "redis://nobody:" + secret + "@" + address,
                "redis://:" + secret + "@" + address,
                "redis://:" + secret + "@" + RedisServers.standalone().address() + "/99999")) {
            Throwable refused = catchThrowable(() -> OpenBackend.open(url));
            assertThat(refused).isInstanceOf(CuttlestoreException.class);
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain(secret);
            }
        }
        assertThatThrownBy(() -> OpenBackend.open("redis://agent:" + secret + "@" + address))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining(address)
                .hasMessageContaining("WRONGPASS")
                .hasMessageContaining("check the user name and the password");
        assertThatThrownBy(() -> OpenBackend.open("redis://" + address)).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    @DisplayName("both spellings of a password with every odd character are accepted")
    void oddPassword() {
        String encoded = "4%407%2Fa%3Fb%23c%3Ad%25e%26f%3Dg%20h";
        String address = RedisServers.acl().address();
        for (String url : List.of(
                "redis://agent:" + encoded + "@" + address,
                "redis://" + address + "?username=agent&password=" + encoded)) {
            try (OpenBackend store = OpenBackend.open(url)) {
                store.put("k", "v");
                assertThat(store.get("k")).isEqualTo("v");
                assertThat(store.spi().location()).isEqualTo("redis://" + address + "/0");
            }
        }
    }

    @Test
    @DisplayName("a database that the server does not have is refused at open")
    void wrongDatabase() {
        assertThatThrownBy(() ->
                        OpenBackend.open("redis://" + RedisServers.standalone().address() + "/99999"))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("DB index");
    }

    @Test
    @DisplayName("an unknown host and a refused connection are unavailable at once")
    void unreachable() {
        assertThatThrownBy(() -> OpenBackend.open("redis://no-such-host.invalid"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("no-such-host.invalid")
                .hasMessageContaining("check its name");
        assertThatThrownBy(() -> OpenBackend.open("redis://127.0.0.1:" + RedisServer.freePort()))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("refused; check host and port");
    }

    @Test
    @DisplayName("a host that accepts and says nothing is a timeout")
    void silent() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getByName(RedisServer.HOST))) {
            long begin = System.nanoTime();
            assertThatThrownBy(() -> OpenBackend.open("redis://127.0.0.1:" + silent.getLocalPort(), TIMEOUT))
                    .isInstanceOf(StoreTimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(IN_TIME);
        }
    }

    @Test
    @DisplayName("something that is no Redis gets one clear error")
    void noRedis() throws Exception {
        try (ServerSocket web = new ServerSocket(0, 10, InetAddress.getByName(RedisServer.HOST))) {
            Thread server = new Thread(() -> greet(web), "not-redis");
            server.start();
            assertThatThrownBy(() -> OpenBackend.open("redis://127.0.0.1:" + web.getLocalPort()))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("no Redis server");
            server.join();
        }
    }

    private static void greet(ServerSocket web) {
        try (Socket client = web.accept()) {
            client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("calls to a killed server fail in time, and work within 2 s of its return")
    void restart() {
        try (RedisServer server = RedisServer.start();
                OpenBackend store = OpenBackend.open(server, TIMEOUT)) {
            store.put("k", "v");
            server.kill();
            for (int i = 0; i < 10; i++) {
                long begin = System.nanoTime();
                assertThatThrownBy(() -> store.put("k", "w")).isInstanceOf(CuttlestoreException.class);
                assertThatThrownBy(() -> store.get("k")).isInstanceOf(StoreUnavailableException.class);
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(TIMEOUT);
            }
            server.restart();
            Awaitility.await().atMost(Duration.ofSeconds(2)).ignoreExceptions().until(() -> store.put("k", "x"));
            assertThat(store.get("k")).isEqualTo("x");
        }
    }

    @Test
    @DisplayName("a read does not notice that the server was restarted since the last call")
    void readAfterRestart() {
        try (RedisServer server = RedisServer.start();
                OpenBackend store = OpenBackend.open(server)) {
            assertThat(store.get("k")).isNull();
            server.kill();
            server.restart();
            assertThat(store.get("k")).isNull();
        }
    }

    @Test
    @DisplayName("a server that hangs ends reads with a timeout and writes with an unknown outcome, in time")
    void frozen() {
        try (RedisServer server = RedisServer.start();
                OpenBackend store = OpenBackend.open(server, TIMEOUT)) {
            store.put("k", "v");
            server.freeze();
            assertInTime(OutcomeUnknownException.class, () -> store.put("k", "w"));
            server.thaw();
            Awaitility.await().ignoreExceptions().until(() -> store.get("k") != null);
            server.freeze();
            assertInTime(StoreTimeoutException.class, () -> store.get("k"));
            assertInTime(StoreTimeoutException.class, () -> store.get("k"));
            server.thaw();
            Awaitility.await().atMost(Duration.ofSeconds(2)).ignoreExceptions().until(() -> store.get("k") != null);
        }
    }

    @Test
    @DisplayName("a value larger than all buffers does not hang on a server that reads nothing")
    void frozenUnderLoad() {
        try (RedisServer server = RedisServer.start();
                OpenBackend store = OpenBackend.open(server, TIMEOUT)) {
            store.put("k", "v");
            server.freeze();
            Put large = store.putCommand("k", "x".repeat(30_000_000), Expiry.NEVER, Condition.ALWAYS);
            assertInTime(OutcomeUnknownException.class, () -> store.spi().execute(large));
            server.thaw();
        }
    }

    @Test
    @DisplayName("a batch tells what was written from what is unknown")
    void batchLost() {
        try (RedisServer server = RedisServer.start();
                OpenBackend store = OpenBackend.open(server, TIMEOUT)) {
            store.put("k", "v");
            server.freeze();
            List<Object> outcomes = store.all(List.of(
                    store.putCommand("a", "1", Expiry.NEVER, Condition.ALWAYS),
                    new Get(OpenBackend.key("k"), Get.Want.VALUE, store.deadline())));
            assertThat(outcomes.get(0)).isInstanceOf(OutcomeUnknownException.class);
            assertThat(outcomes.get(1)).isInstanceOf(StoreTimeoutException.class);
            server.thaw();
        }
    }

    @Test
    @DisplayName("a server that hangs ends many reads with timeouts and many writes with unknown outcomes")
    void manyLost() {
        try (RedisServer server = RedisServer.start();
                OpenBackend store = OpenBackend.open(server, TIMEOUT)) {
            List<String> keys = IntStream.range(0, 1_000).mapToObj(i -> "k" + i).toList();
            store.put("k", "v");
            server.freeze();
            assertThat(store.getAll(keys)).hasSize(1_000).allMatch(StoreTimeoutException.class::isInstance);
            server.thaw();
            Awaitility.await().ignoreExceptions().until(() -> store.get("k") != null);
            server.freeze();
            assertThat(store.all(keys.stream()
                            .map(key -> store.putCommand(key, "x".repeat(100), Expiry.NEVER, Condition.ALWAYS))
                            .toList()))
                    .hasSize(1_000)
                    .allMatch(OutcomeUnknownException.class::isInstance);
            server.thaw();
        }
    }

    @Test
    @DisplayName("all callers fail in time when there are more of them than connections")
    void crowd() throws Exception {
        try (RedisServer server = RedisServer.start();
                OpenBackend store = OpenBackend.open("redis://" + server.address() + "?pool-size=2", TIMEOUT)) {
            store.put("k", "v");
            server.freeze();
            List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
            List<Thread> callers = IntStream.range(0, 20)
                    .mapToObj(i -> new Thread(() -> failures.add(catchThrowable(() -> store.get("k"))), "caller"))
                    .toList();
            long begin = System.nanoTime();
            callers.forEach(Thread::start);
            for (Thread caller : callers) {
                caller.join();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(IN_TIME);
            assertThat(failures).hasSize(20).allMatch(failure -> failure instanceof StoreTimeoutException);
            server.thaw();
        }
    }

    @Test
    @DisplayName("a caller that waits for a connection can be interrupted, and keeps its flag")
    void interrupt() throws Exception {
        try (RedisServer server = RedisServer.start();
                OpenBackend store = OpenBackend.open("redis://" + server.address() + "?pool-size=1")) {
            store.put("k", "v");
            server.freeze();
            Thread holder = new Thread(() -> store.get("k"), "holder");
            holder.start();
            Awaitility.await().until(() -> isReading(holder));
            AtomicReference<Throwable> failure = new AtomicReference<>();
            CountDownLatch flagged = new CountDownLatch(1);
            Thread waiter = new Thread(
                    () -> {
                        failure.set(catchThrowable(() -> store.get("k")));
                        if (Thread.currentThread().isInterrupted()) {
                            flagged.countDown();
                        }
                    },
                    "waiter");
            waiter.start();
            Awaitility.await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
            waiter.interrupt();
            assertThat(flagged.await(2, TimeUnit.SECONDS)).isTrue();
            assertThat(failure.get()).isInstanceOf(StoreInterruptedException.class);
            server.thaw();
            holder.join();
        }
    }

    @Test
    @DisplayName("a full server keeps the old value and says that it is full")
    void full() {
        try (RedisServer server = RedisServer.builder()
                        .arguments("--maxmemory", "3mb", "--maxmemory-policy", "noeviction")
                        .start();
                OpenBackend store = OpenBackend.open(server)) {
            assertThat(store.spi().capabilities().supports(Capability.NO_EVICTION))
                    .isTrue();
            store.put("k", "v");
            String version = store.entry("k").version();
            String large = "x".repeat(100_000);
            assertThatThrownBy(() -> IntStream.range(0, 100).forEach(i -> store.put("k" + i, large)))
                    .isInstanceOf(StoreFullException.class);
            assertThatThrownBy(() -> store.put("k", large, Expiry.NEVER, Condition.ifVersion(version)))
                    .isInstanceOf(StoreFullException.class)
                    .hasMessageContaining("'k'")
                    .hasMessageContaining("raise its maxmemory or delete entries");
            assertThat(store.get("k")).isEqualTo("v");
            assertThat(store.delete("k0")).isTrue();
        }
    }

    @Test
    @DisplayName("a server that evicts is not declared as one that does not")
    void evicting() {
        try (RedisServer server = RedisServer.builder()
                        .arguments("--maxmemory-policy", "allkeys-lru")
                        .start();
                OpenBackend store = OpenBackend.open(server)) {
            assertThat(store.spi().capabilities().supports(Capability.NO_EVICTION))
                    .isFalse();
            assertThat(store.spi().capabilities().supports(Capability.SURVIVES_FAILOVER))
                    .isFalse();
        }
    }

    @Test
    @DisplayName("writes to a replica are refused and read as unavailable")
    void replica() {
        try (OpenBackend store = OpenBackend.open(RedisServers.sentinel().replica())) {
            assertThatThrownBy(() -> store.put("k", "v"))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("READONLY");
        }
    }

    @Test
    @DisplayName("a user without the right gets access denied, and the value is not in the message")
    void noPermission() {
        RedisServer server = RedisServers.standalone();
        server.command("ACL", "SETUSER", "reader", "on", ">secret", "~*", "+@read", "+ping", "+info");
        try (OpenBackend store = OpenBackend.open("redis://reader:secret@" + server.address())) {
            assertThatThrownBy(() -> store.put("k", "a-value"))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("give the user this right")
                    .hasMessageNotContaining("a-value");
            assertThat(store.get("absent")).isNull();
        }
    }

    @Test
    @DisplayName("the rights that the documentation names are enough for everything")
    void documentedRights() {
        boolean before7 = RedisServers.standalone().majorVersion() < 7;
        String rights = "+@read +@write +@scripting +@transaction +ping +info" + (before7 ? " +time" : "");
        for (RedisServer server : List.of(
                RedisServers.standalone(), RedisServers.cluster().nodes().get(0))) {
            boolean cluster = server != RedisServers.standalone();
            String all = rights + (cluster ? " +cluster|slots +cluster|nodes" : "");
            List<RedisServer> servers = cluster ? RedisServers.cluster().nodes() : List.of(server);
            List<String> user = new ArrayList<>(List.of("SETUSER", "documented", "on", ">secret", "~*"));
            user.addAll(List.of(all.split(" ")));
            servers.forEach(node -> node.command("ACL", user.toArray(String[]::new)));
            try (OpenBackend store = OpenBackend.open(
                    (cluster ? "redis+cluster" : "redis") + "://documented:secret@" + server.address())) {
                store.put("right", "v", new Expiry.After(60_000), Condition.IF_ABSENT);
                assertThat(store.touch("right", Expiry.NEVER)).isTrue();
                String version = store.entry("right").version();
                assertThat(store.put("right", "w", Expiry.KEEP, Condition.ifVersion(version)))
                        .isTrue();
                assertThat(store.getAll(List.of("right", "absent"))).containsExactly("w", null);
                assertThat(store.keys("right", 10)).containsExactly("right");
                assertThat(store.getAndDelete("right", Condition.ALWAYS).deleted())
                        .isTrue();
                store.clear("right");
                store.spi().ping(store.deadline());
            }
        }
    }

    @Test
    @DisplayName("closing twice is closing once, and an idle store closes at once")
    void closeIdle() {
        OpenBackend store = OpenBackend.open(RedisServers.standalone());
        store.put("k", "v");
        long begin = System.nanoTime();
        store.close();
        store.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(500));
    }

    @Test
    @DisplayName("each error code becomes the exception that tells what to do")
    void codes() {
        assertThat(translated("LOADING Redis is loading the dataset in memory"))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(translated("CLUSTERDOWN The cluster is down")).isInstanceOf(StoreUnavailableException.class);
        assertThat(translated("MASTERDOWN Link with MASTER is down")).isInstanceOf(StoreUnavailableException.class);
        assertThat(translated("TRYAGAIN Multiple keys request during rehashing of slot"))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(translated("BUSY Redis is busy running a script")).isInstanceOf(StoreUnavailableException.class);
        assertThat(translated("MISCONF Redis is configured to save RDB snapshots"))
                .isInstanceOf(StoreFailedException.class);
        assertThat(translated("NOPERM this user has no permissions")).isInstanceOf(AccessDeniedException.class);
        assertThat(translated("ERR max number of clients reached").isTransient())
                .isTrue();
        assertThat(translated("ERR unknown command 'X', with args beginning with: 'k' 'value' ")
                        .getMessage())
                .doesNotContain("value");
    }

    private static CuttlestoreException translated(String reply) {
        return RedisErrors.reply("writing", new JedisDataException(reply));
    }

    @Test
    @DisplayName("a cluster node and a sentinel are refused by redis://, and a plain server by redis+cluster://")
    void wrongArrangement() {
        assertThatThrownBy(() -> OpenBackend.open(RedisServers.cluster().nodes().get(0)))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("redis+cluster://");
        assertThatThrownBy(() -> OpenBackend.open(RedisServers.sentinel().sentinel()))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("redis+sentinel://");
        assertThatThrownBy(() -> OpenBackend.open(
                        "redis+cluster://" + RedisServers.standalone().address()))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("redis://");
    }

    @Test
    @DisplayName("closing ends at once what is idle and soon what is under way, and leaves no thread and no connection")
    void close() {
        try (RedisServer server = RedisServer.start()) {
            OpenBackend store = OpenBackend.open(server);
            store.put("k", "x".repeat(100_000));
            server.freeze();
            AtomicReference<Throwable> underWay = new AtomicReference<>();
            Thread caller = new Thread(() -> underWay.set(catchThrowable(() -> store.get("k"))), "caller");
            caller.start();
            Awaitility.await().until(() -> isReading(caller));
            long begin = System.nanoTime();
            store.close();
            store.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(3_000 + 400));
            server.thaw();
            assertThatThrownBy(() -> store.get("k")).isInstanceOf(IllegalStateException.class);
            Awaitility.await().until(() -> underWay.get() != null);
            Awaitility.await().until(() -> connections(server) == 1);
            Awaitility.await()
                    .until(() -> Thread.getAllStackTraces().keySet().stream()
                            .noneMatch(thread -> thread.getName().startsWith("cuttlestore-redis") && thread.isAlive()));
        }
    }

    private static boolean isReading(Thread caller) {
        return Stream.of(caller.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("getOne"));
    }

    private static long connections(RedisServer server) {
        try (Jedis admin = server.admin()) {
            return admin.clientList().lines().count();
        }
    }

    private void assertInTime(Class<? extends Throwable> type, ThrowingCallable call) {
        long begin = System.nanoTime();
        assertThatThrownBy(call).isInstanceOf(type);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(IN_TIME);
    }
}
