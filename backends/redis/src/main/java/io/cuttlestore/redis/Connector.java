package io.cuttlestore.redis;

import io.cuttlestore.redis.Settings.Credentials;
import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Makes connections: TCP, TLS with verified host names, credentials, logical database. Thread-safe. */
final class Connector {
    private final JedisClientConfig config;
    private final Credentials credentials;
    private final Optional<SSLSocketFactory> tls;
    private final Duration connectTimeout;
    private final WriteGuard guard;

    Connector(Settings settings, Credentials credentials, int database, WriteGuard guard) {
        // No protocol is negotiated: HELLO would carry the password in a command that old servers echo in an error.
        this.config = DefaultJedisClientConfig.builder()
                .serverDefaultProtocol()
                .user(credentials.user().orElse(null))
                .password(credentials.password().orElse(null))
                .database(database)
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .build();
        this.credentials = credentials;
        this.tls = settings.tls();
        this.connectTimeout = settings.connectTimeout();
        this.guard = guard;
    }

    /**
     * Makes a connection, by the deadline and within the connect timeout.
     *
     * @throws io.cuttlestore.CuttlestoreException if that fails
     */
    RedisConnection connect(HostAndPort address, Deadline deadline) {
        Deadline sooner =
                deadline.remainingNanos() < connectTimeout.toNanos() ? deadline : Deadline.after(connectTimeout);
        DeadlineSocket socket = null;
        try {
            socket = dial(address, sooner);
            Socket stream = tls.isPresent() ? secure(tls.get(), socket, address) : socket;
            return new RedisConnection(new Connection(() -> stream, config), socket, guard);
        } catch (JedisDataException e) {
            close(socket);
            throw RedisErrors.connecting(address, deadline, withoutPassword(e));
        } catch (IOException | JedisException e) {
            close(socket);
            throw RedisErrors.connecting(address, deadline, e);
        }
    }

    /** What refuses a login may repeat it. */
    private JedisDataException withoutPassword(JedisDataException reply) {
        String text = String.valueOf(reply.getMessage());
        return new JedisDataException(credentials
                .password()
                .map(password -> text.replace(password, "(password)"))
                .orElse(text));
    }

    private static DeadlineSocket dial(HostAndPort address, Deadline deadline) throws IOException {
        IOException failure = null;
        for (InetAddress host : InetAddress.getAllByName(address.getHost())) {
            DeadlineSocket socket = new DeadlineSocket(deadline);
            try {
                socket.setTcpNoDelay(true);
                socket.setKeepAlive(true);
                socket.connect(new InetSocketAddress(host, address.getPort()), remaining(deadline));
                return socket;
            } catch (IOException e) {
                close(socket);
                failure = e;
            }
        }
        throw failure == null ? new UnknownHostException(address.getHost()) : failure;
    }

    private static int remaining(Deadline deadline) throws SocketTimeoutException {
        int millis = deadline.remainingMillis();
        if (millis == 0) {
            throw new SocketTimeoutException("no time left to connect");
        }
        return millis;
    }

    private static SSLSocket secure(SSLSocketFactory tls, Socket socket, HostAndPort address) throws IOException {
        SSLSocket secured = (SSLSocket) tls.createSocket(socket, address.getHost(), address.getPort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        try {
            secured.startHandshake();
        } catch (SocketTimeoutException e) {
            throw new SocketTimeoutException(
                    "no answer to the TLS handshake; a server that does not speak TLS gives none");
        }
        return secured;
    }

    private static void close(@Nullable Socket socket) {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            System.getLogger(Connector.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing a socket that was never used failed", e);
        }
    }
}
