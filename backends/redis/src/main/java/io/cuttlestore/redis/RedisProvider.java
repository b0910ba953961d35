package io.cuttlestore.redis;

import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.redis.Settings.Arrangement;
import io.cuttlestore.redis.Settings.Credentials;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendProvider;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.OpenContext;
import io.cuttlestore.spi.Option;
import io.cuttlestore.spi.Tls;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.HostAndPort;

/**
 * Opens {@code redis://host:port/db}, {@code redis+cluster://host:port,...} and
 * {@code redis+sentinel://host:port,.../primary-name/db}, and each with {@code rediss} for TLS. Thread-safe.
 */
public final class RedisProvider implements BackendProvider {
    private static final int PORT = 6379;
    private static final int SENTINEL_PORT = 26379;
    private static final int DEFAULT_POOL_SIZE = 8;
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private static final Option<String> USERNAME =
            Option.text("username", "the user of the access control list; also before @");
    private static final Option<String> PASSWORD = Option.secret("password", "the user's password; also before @");
    private static final Option<String> SENTINEL_USERNAME =
            Option.text("sentinel-username", "the user of the sentinels, which do not share those of the servers");
    private static final Option<String> SENTINEL_PASSWORD =
            Option.secret("sentinel-password", "the password of the sentinels");
    private static final Option<Path> CA =
            Option.path("ca", "PEM file of the authorities to trust instead of the Java platform's");
    private static final Option<Path> CERT = Option.path("cert", "PEM file of the client's certificate and its chain");
    private static final Option<Path> KEY = Option.path("key", "PEM file of the client's key, unencrypted PKCS #8");
    private static final Option<Integer> POOL_SIZE =
            Option.integer("pool-size", 1, 10_000, "the most connections to one server, 8 unless set");
    private static final Option<Duration> CONNECT_TIMEOUT =
            Option.duration("connect-timeout", "the longest time that making a connection may take, 2s unless set");

    /** For {@link java.util.ServiceLoader}. */
    public RedisProvider() {}

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public List<String> schemes() {
        return List.of("redis", "rediss", "redis+cluster", "rediss+cluster", "redis+sentinel", "rediss+sentinel");
    }

    @Override
    public List<Option<?>> options() {
        return List.of(
                USERNAME, PASSWORD, SENTINEL_USERNAME, SENTINEL_PASSWORD, CA, CERT, KEY, POOL_SIZE, CONNECT_TIMEOUT);
    }

    @Override
    public Backend open(ConnectionString string, OpenContext context) {
        return new RedisBackend(settings(string), context.timeout());
    }

    /** Reads a connection string whose options have been read. */
    static Settings settings(ConnectionString string) {
        ConnectionString.Servers servers = string.servers();
        Arrangement arrangement = arrangement(string.scheme());
        List<HostAndPort> hosts = hosts(servers, arrangement);
        List<String> path = servers.path();
        String primaryName = "";
        if (arrangement == Arrangement.SENTINEL) {
            if (path.isEmpty() || path.get(0).isEmpty()) {
                throw new InvalidConnectionStringException("the connection string must name the primary that the"
                        + " sentinels watch, as in " + string.scheme() + "://HOST/mymaster");
            }
            primaryName = path.get(0);
            path = path.subList(1, path.size());
        }
        return new Settings(
                arrangement,
                hosts,
                primaryName,
                database(path, arrangement),
                credentials(servers, string),
                sentinelCredentials(arrangement, string),
                tls(string),
                string.option(POOL_SIZE).orElse(DEFAULT_POOL_SIZE),
                string.option(CONNECT_TIMEOUT).orElse(DEFAULT_CONNECT_TIMEOUT));
    }

    private static Arrangement arrangement(String scheme) {
        if (scheme.endsWith("+cluster")) {
            return Arrangement.CLUSTER;
        }
        return scheme.endsWith("+sentinel") ? Arrangement.SENTINEL : Arrangement.STANDALONE;
    }

    private static List<HostAndPort> hosts(ConnectionString.Servers servers, Arrangement arrangement) {
        if (arrangement == Arrangement.STANDALONE && servers.hosts().size() > 1) {
            throw new InvalidConnectionStringException(
                    "redis:// and rediss:// take one host;" + " redis+cluster:// and redis+sentinel:// take more");
        }
        int port = arrangement == Arrangement.SENTINEL ? SENTINEL_PORT : PORT;
        return servers.hosts().stream()
                .map(host -> new HostAndPort(host.name(), host.port().orElse(port)))
                .toList();
    }

    private static int database(List<String> path, Arrangement arrangement) {
        if (path.isEmpty()) {
            return 0;
        }
        if (path.size() > 1 || !path.get(0).matches("\\d{1,6}")) {
            throw new InvalidConnectionStringException(
                    "the path of a connection string for Redis must be the number of a database, as in redis://HOST/0");
        }
        int database = Integer.parseInt(path.get(0));
        if (database != 0 && arrangement == Arrangement.CLUSTER) {
            throw new InvalidConnectionStringException("a Redis cluster has only database 0");
        }
        return database;
    }

    private static Credentials credentials(ConnectionString.Servers servers, ConnectionString string) {
        return complete(
                oneOf("username", servers.user(), string.option(USERNAME)),
                oneOf("password", servers.password(), string.option(PASSWORD)));
    }

    /** Without a password there is no login, so that the user would be ignored; and it may be a misplaced password. */
    private static Credentials complete(Optional<String> user, Optional<String> password) {
        if (user.isPresent() && password.isEmpty()) {
            throw new InvalidConnectionStringException("a user is given without a password; write USER:PASSWORD@ or"
                    + " :PASSWORD@ with a bare :, or give both as options");
        }
        return new Credentials(user, password);
    }

    private static Optional<String> oneOf(String what, Optional<String> before, Optional<String> option) {
        if (before.isPresent() && option.isPresent()) {
            throw new InvalidConnectionStringException(
                    "the " + what + " is given twice: before @ and as option '" + what + "'");
        }
        return before.or(() -> option);
    }

    private static Credentials sentinelCredentials(Arrangement arrangement, ConnectionString string) {
        Credentials given = complete(string.option(SENTINEL_USERNAME), string.option(SENTINEL_PASSWORD));
        if (arrangement != Arrangement.SENTINEL && !given.isEmpty()) {
            throw new InvalidConnectionStringException(
                    "the options sentinel-username and sentinel-password belong to redis+sentinel://");
        }
        return given;
    }

    private static Optional<SSLSocketFactory> tls(ConnectionString string) {
        Optional<Path> ca = string.option(CA);
        Optional<Path> cert = string.option(CERT);
        Optional<Path> key = string.option(KEY);
        if (string.scheme().startsWith("rediss")) {
            return Optional.of(Tls.sockets(ca, cert, key));
        }
        if (ca.isPresent() || cert.isPresent() || key.isPresent()) {
            throw new InvalidConnectionStringException(
                    "the options ca, cert and key need TLS: use the scheme rediss, rediss+cluster or rediss+sentinel");
        }
        return Optional.empty();
    }
}
