package io.cuttlestore.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * Real servers that are started on first use and shared by all tests of this JVM; they end with it. A test keeps to keys
 * of its own or empties the server first; one that stops or freezes a server starts its own.
 */
public final class RedisServers {

    /** The user of {@link #acl()}. */
    public static final String USER = "agent";

    /** The password of {@link #USER}: every character in it has a meaning in a connection string. */
    public static final String PASSWORD = "4@7/a?b#c:d%e&f=g h";

    /** {@link #PASSWORD} as it is written in a connection string. */
    public static final String ENCODED_PASSWORD = "4%407%2Fa%3Fb%23c%3Ad%25e%26f%3Dg%20h";

    /** Enough for every test to have a database of its own. */
    static final String[] DATABASES = {"--databases", "10000"};

    private static final Supplier<RedisServer> STANDALONE =
            once(() -> RedisServer.builder().arguments(DATABASES).start());
    private static final Supplier<RedisServer> ACL = once(RedisServers::startAcl);
    private static final Supplier<TlsCertificates> CERTIFICATES = once(TlsCertificates::new);
    private static final Supplier<RedisServer> TLS = once(() -> RedisServer.builder()
            .arguments(DATABASES)
            .tls(certificates(), certificates().server(), false)
            .start());
    private static final Supplier<RedisCluster> CLUSTER = once(RedisCluster::start);
    private static final Supplier<RedisSentinel> SENTINEL = once(RedisSentinel::start);

    private RedisServers() {}

    /** A server without a password. */
    public static RedisServer standalone() {
        return STANDALONE.get();
    }

    /** A server whose default user is off: only {@link #USER} with {@link #PASSWORD} may enter. */
    public static RedisServer acl() {
        return ACL.get();
    }

    /** A server that speaks TLS only, with a certificate for localhost. */
    public static RedisServer tls() {
        return TLS.get();
    }

    /** The certificates of {@link #tls()}. */
    public static TlsCertificates certificates() {
        return CERTIFICATES.get();
    }

    /** A cluster of three primaries. */
    public static RedisCluster cluster() {
        return CLUSTER.get();
    }

    /** A primary, a replica and a sentinel. */
    public static RedisSentinel sentinel() {
        return SENTINEL.get();
    }

    private static RedisServer startAcl() {
        return RedisServer.builder()
                .arguments(DATABASES)
                .arguments("--user", USER, "on", "#" + sha256(PASSWORD), "~*", "&*", "+@all")
                .arguments("--user", "default", "off")
                .admin(USER, PASSWORD)
                .start();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static <T extends AutoCloseable> Supplier<T> once(Supplier<T> start) {
        return new Supplier<>() {
            private T started;

            @Override
            public synchronized T get() {
                if (started == null) {
                    started = start.get();
                    Runtime.getRuntime().addShutdownHook(new Thread(this::end, "shared-redis-end"));
                }
                return started;
            }

            private void end() {
                try {
                    started.close();
                } catch (Exception e) {
                    throw new IllegalStateException("A shared server did not end", e);
                }
            }
        };
    }
}
