package io.cuttlestore.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One real {@code redis-server} process on a free loopback port, with its files in a temporary folder.
 *
 * <p>The binary is the system property or environment variable {@code CUTTLESTORE_TEST_REDIS}, else {@code redis-server}
 * on the path. The process ends when the server is closed, and in any case with this JVM. A server that can't be started
 * is an {@link AssertionError} that shows its log: such a test fails, it is never skipped. Not thread-safe.
 */
public final class RedisServer implements AutoCloseable {

    /** The address every test server listens on. */
    public static final String HOST = "127.0.0.1";

    private static final Duration START_LIMIT = Duration.ofSeconds(20);

    /** How long the server waits for a replica at a time: less than Jedis waits for the server. */
    private static final int WAIT_MILLIS = 1_000;

    /** How often somebody else may take a port that was free a moment ago. */
    private static final int MOST_TAKEN = 3;

    private final Builder settings;
    private final Path folder;
    private final int port;
    private final JedisClientConfig adminConfig;
    private final Thread killAtExit = new Thread(this::kill, "redis-server-end");
    private Process process;

    private RedisServer(Builder settings) {
        this.settings = settings;
        this.folder = temporaryFolder();
        this.port = settings.hasBus ? freePortWithBus() : freePort();
        this.adminConfig = settings.adminConfig;
        try {
            this.process = launch();
        } catch (AssertionError e) {
            deleteFolder(folder);
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(killAtExit);
    }

    /** Starts a server with a default user that needs no password. */
    public static RedisServer start() {
        return builder().start();
    }

    /** Returns the settings of a server to be started. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the port that answers clients: the TLS port of a server started with TLS. */
    public int port() {
        return port;
    }

    /** Returns {@code 127.0.0.1:port}. */
    public String address() {
        return HOST + ":" + port;
    }

    /** Returns the server's folder, for files that it should read. */
    public Path folder() {
        return folder;
    }

    /** Opens a connection as an administrator; the caller closes it. */
    public Jedis admin() {
        return new Jedis(new HostAndPort(HOST, port), adminConfig);
    }

    /** Runs one command as an administrator and returns the raw reply. */
    public Object command(String name, String... arguments) {
        try (Jedis admin = admin()) {
            return admin.sendCommand(() -> name.getBytes(StandardCharsets.US_ASCII), arguments);
        }
    }

    /**
     * Removes all that is stored, here and on a replica, which from then on gets what is written: one whose link has just
     * come up gets nothing for up to a second.
     */
    public void flushWithReplica() {
        try (Jedis admin = admin()) {
            admin.flushAll();
            await("a replica gets what is written", log(), () -> admin.waitReplicas(1, WAIT_MILLIS) > 0);
        }
    }

    /** Returns 7 for Redis 7.0.15. */
    int majorVersion() {
        try (Jedis admin = admin()) {
            Matcher version = Pattern.compile("redis_version:(\\d+)").matcher(admin.info("server"));
            if (!version.find()) {
                throw new AssertionError("The server does not tell its version");
            }
            return Integer.parseInt(version.group(1));
        }
    }

    /** Ends the process as {@code kill -9} does; the folder stays, so that {@link #restart()} finds its data. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts the process again on the same port and folder, after {@link #kill()}, and waits until it answers. */
    public void restart() {
        if (process.isAlive()) {
            throw new IllegalStateException("The server on port " + port + " is still running.");
        }
        process = launch();
    }

    /** Freezes the process (SIGSTOP): it keeps its connections and answers nothing. */
    public void freeze() {
        signal("STOP");
    }

    /** Lets a frozen process continue. */
    public void thaw() {
        signal("CONT");
    }

    /** Ends the process and removes its folder. */
    @Override
    public void close() {
        kill();
        deleteFolder(folder);
        try {
            Runtime.getRuntime().removeShutdownHook(killAtExit);
        } catch (IllegalStateException shuttingDown) {
            return;
        }
    }

    private Process launch() {
        List<String> line = new ArrayList<>(List.of(settings.binary, "--bind", HOST, "--dir", folder.toString()));
        line.addAll(settings.tls ? List.of("--port", "0", "--tls-port", "" + port) : List.of("--port", "" + port));
        line.addAll(List.of("--save", "", "--appendonly", "no", "--daemonize", "no"));
        line.addAll(settings.arguments);
        if (settings.sentinelConfig != null) {
            line = sentinelLine();
        }
        Path log = folder.resolve("log");
        try {
            Process started = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            try {
                await("redis-server on port " + port + " answers PING", log, () -> answers(started, log));
            } catch (AssertionError e) {
                started.destroyForcibly();
                throw e;
            }
            return started;
        } catch (IOException e) {
            throw new AssertionError(
                    "Can't start " + settings.binary + "; install Redis or set CUTTLESTORE_TEST_REDIS to its server",
                    e);
        }
    }

    private List<String> sentinelLine() {
        Path file = folder.resolve("sentinel.conf");
        if (!Files.exists(file)) {
            String head = "bind " + HOST + "\nport " + port + "\ndir " + folder + "\n";
            try {
                Files.writeString(file, head + settings.sentinelConfig);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.of(settings.binary, file.toString(), "--sentinel");
    }

    private boolean answers(Process started, Path log) {
        if (!started.isAlive()) {
            throw new AssertionError(
                    "redis-server ended with status " + started.exitValue() + ". Its log:\n" + read(log));
        }
        try (Jedis admin = admin()) {
            return "PONG".equals(admin.ping());
        } catch (JedisException notYet) {
            return false;
        }
    }

    private void signal(String name) {
        try {
            int status = new ProcessBuilder("kill", "-" + name, "" + process.pid())
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new AssertionError("kill -" + name + " of the server on port " + port + " failed: " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while signalling the server", e);
        }
    }

    /** Waits until the condition holds, at most 20 s; then fails with the log. */
    static void await(String what, Path log, BooleanSupplier condition) {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Waited " + START_LIMIT + " in vain: " + what + ". Its log:\n" + read(log));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(5);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting: " + what, e);
            }
        }
    }

    /** The path of the server's log. */
    Path log() {
        return folder.resolve("log");
    }

    /** Returns a loopback port that nobody listens on. */
    public static int freePort() {
        try (ServerSocket socket = listening(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns a free port that has another {@link RedisCluster#BUS_OFFSET} above it. */
    static int freePortWithBus() {
        while (true) {
            int port = freePort();
            try (ServerSocket bus = listening(port + RedisCluster.BUS_OFFSET)) {
                return bus.getLocalPort() - RedisCluster.BUS_OFFSET;
            } catch (IllegalArgumentException | IOException taken) {
                // the next one may be free
            }
        }
    }

    private static ServerSocket listening(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getByName(HOST));
    }

    static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("cuttlestore-redis");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void deleteFolder(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log) : "(no log)";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The settings of a server to be started. Not thread-safe. */
    public static final class Builder {

        private final List<String> arguments = new ArrayList<>();
        private String binary = configuredBinary();
        private boolean tls;
        private boolean hasBus;
        private String sentinelConfig;
        private JedisClientConfig adminConfig =
                DefaultJedisClientConfig.builder().build();

        private Builder() {}

        /** Adds arguments of the command line, such as {@code "--maxmemory", "3mb"}. */
        public Builder arguments(String... more) {
            arguments.addAll(Arrays.asList(more));
            return this;
        }

        /** Uses another server binary than the configured one. */
        public Builder binary(Path path) {
            binary = path.toString();
            return this;
        }

        /** Listens with TLS only, and asks for a client certificate if told so. */
        public Builder tls(TlsCertificates certificates, TlsCertificates.Pair server, boolean clientCertificate) {
            tls = true;
            arguments("--tls-cert-file", server.certificate().toString());
            arguments("--tls-key-file", server.key().toString());
            arguments("--tls-ca-cert-file", certificates.ca().certificate().toString());
            arguments("--tls-auth-clients", clientCertificate ? "yes" : "no");
            adminConfig = certificates.trustingAdmin();
            return this;
        }

        /** Leaves room for the bus of a cluster. */
        Builder cluster() {
            hasBus = true;
            return arguments(
                    "--cluster-enabled", "yes",
                    "--cluster-node-timeout", "2000",
                    "--cluster-config-file", "nodes.conf");
        }

        /** Runs as a sentinel with these lines of configuration. */
        Builder sentinel(String config) {
            sentinelConfig = config;
            return this;
        }

        /** Connects {@link RedisServer#admin()} as this user. */
        public Builder admin(String user, String password) {
            adminConfig = DefaultJedisClientConfig.builder()
                    .user(user)
                    .password(password)
                    .build();
            return this;
        }

        /** Starts the server and waits until it answers. */
        public RedisServer start() {
            for (int taken = 0; taken < MOST_TAKEN; taken++) {
                try {
                    return new RedisServer(this);
                } catch (AssertionError e) {
                    if (!e.getMessage().contains("Address already in use")) {
                        throw e;
                    }
                }
            }
            return new RedisServer(this);
        }

        private static String configuredBinary() {
            String property = System.getProperty("CUTTLESTORE_TEST_REDIS", System.getenv("CUTTLESTORE_TEST_REDIS"));
            return property == null || property.isBlank() ? "redis-server" : property;
        }
    }
}
