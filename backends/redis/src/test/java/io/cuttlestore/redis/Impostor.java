package io.cuttlestore.redis;

import io.cuttlestore.spi.Tls;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Listens in place of a Redis server, and keeps what clients were ready to tell it. */
final class Impostor implements AutoCloseable {
    private final ServerSocket listening;
    private final @Nullable SSLSocketFactory tls;
    private final String greeting;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final AtomicInteger visits = new AtomicInteger();

    private Impostor(@Nullable SSLSocketFactory tls, String greeting) {
        this.tls = tls;
        this.greeting = greeting;
        try {
            listening = new ServerSocket(0, 10, InetAddress.getByName(RedisServer.HOST));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        Thread thread = new Thread(this::serve, "impostor");
        thread.setDaemon(true);
        thread.start();
    }

    /** One that speaks TLS with this certificate. */
    static Impostor withCertificate(TlsCertificates.Pair pair) {
        SSLSocketFactory sockets =
                Tls.sockets(Optional.empty(), Optional.of(pair.certificate()), Optional.of(pair.key()));
        return new Impostor(sockets, "");
    }

    /** One that speaks no TLS, and answers the first bytes with this. */
    static Impostor inPlainText(String greeting) {
        return new Impostor(null, greeting);
    }

    String address() {
        return RedisServer.HOST + ":" + listening.getLocalPort();
    }

    /** How many connections there were. */
    int visits() {
        return visits.get();
    }

    /** All bytes that came in: within TLS, where it speaks TLS. */
    synchronized String told() {
        return told.toString(StandardCharsets.ISO_8859_1);
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                visits.incrementAndGet();
                socket.setSoTimeout(2_000);
                listen(tls == null ? socket : shakeHands(tls, socket));
            } catch (IOException refusedOrGone) {
                // The next one, if this impostor is still there.
            }
        }
    }

    private static Socket shakeHands(SSLSocketFactory tls, Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) tls.createSocket(socket, null, true);
        secured.startHandshake();
        return secured;
    }

    private void listen(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[4096];
        for (int length = in.read(bytes); length > 0; length = in.read(bytes)) {
            synchronized (this) {
                told.write(bytes, 0, length);
            }
            socket.getOutputStream().write(greeting.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
