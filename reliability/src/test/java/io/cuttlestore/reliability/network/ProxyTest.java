package io.cuttlestore.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A proxy")
class ProxyTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);
    private static final int MILLIS = 100;

    private ServerSocket door;
    private Proxy proxy;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        proxy = new Proxy(door.getLocalPort());
        client = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        server = door.accept();
        client.setSoTimeout(10_000);
        server.setSoTimeout(10_000);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        proxy.close();
        door.close();
    }

    private Strike expect(Fault fault, Direction direction, int after) {
        Strike strike = new Strike(fault, direction, after, Integer.MAX_VALUE, MILLIS, 7);
        proxy.expect(strike);
        return strike;
    }

    private static byte[] readToEnd(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        for (int next = in.read(); next >= 0; next = in.read()) {
            read.write(next);
        }
        return read.toByteArray();
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(2 * MILLIS);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    @DisplayName("passes everything on, and the end of each direction, as long as nothing is to happen")
    void calm() throws IOException {
        client.getOutputStream().write(HELLO);
        client.shutdownOutput();
        assertThat(readToEnd(server)).isEqualTo(HELLO);
        server.getOutputStream().write(HELLO);
        server.close();
        assertThat(readToEnd(client)).isEqualTo(HELLO);
    }

    @Test
    @DisplayName("cuts after exactly so many bytes")
    void cut() throws IOException {
        Strike strike = expect(Fault.CUT, Direction.REPLIES, 3);
        client.getOutputStream().write(HELLO);
        assertThat(server.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        assertThat(strike.hasBegun()).isFalse();
        server.getOutputStream().write(HELLO);
        assertThat(new String(readToEnd(client), StandardCharsets.US_ASCII)).isEqualTo("hel");
        assertThat(strike.hasBegun()).isTrue();
    }

    @Test
    @DisplayName("drips and delays without losing or changing anything")
    void complete() throws IOException {
        for (Fault fault : new Fault[] {Fault.DRIP, Fault.DELAY}) {
            expect(fault, Direction.REQUESTS, 0);
            client.getOutputStream().write(HELLO);
            assertThat(server.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
            server.getOutputStream().write(HELLO);
            assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        }
    }

    @Test
    @DisplayName("resets")
    void reset() throws IOException {
        expect(Fault.RESET, Direction.REQUESTS, 2);
        client.getOutputStream().write(HELLO);
        assertThatThrownBy(() -> readToEnd(client)).isInstanceOf(SocketException.class);
    }

    @Test
    @DisplayName("swallows what is under way, and accepts without an answer")
    void blackhole() throws IOException {
        expect(Fault.BLACKHOLE, Direction.REPLIES, 0);
        server.getOutputStream().write(HELLO);
        assertSilent(client);
        try (Socket late = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
                Socket behind = door.accept()) {
            late.getOutputStream().write(HELLO);
            assertSilent(behind);
        }
    }

    @Test
    @DisplayName("keeps a connection for the server that has ended for the client, and delivers late")
    void duplicate() throws IOException {
        expect(Fault.DUPLICATE, Direction.REQUESTS, 2);
        client.getOutputStream().write(HELLO);
        assertThatThrownBy(() -> readToEnd(client)).isInstanceOf(SocketException.class);
        assertThat(server.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        assertSilent(server);
        proxy.expect(Proxy.NONE);
        server.setSoTimeout(10_000);
        assertThat(readToEnd(server)).isEmpty();
    }

    @Test
    @DisplayName("ends the replies and passes requests on")
    void halfClosedToClient() throws IOException {
        expect(Fault.HALF_CLOSE_TO_CLIENT, Direction.REQUESTS, 2);
        client.getOutputStream().write(HELLO);
        assertThat(readToEnd(client)).isEmpty();
        assertThat(server.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
    }

    @Test
    @DisplayName("ends the requests and passes replies on")
    void halfClosedToServer() throws IOException {
        expect(Fault.HALF_CLOSE_TO_SERVER, Direction.REQUESTS, 2);
        client.getOutputStream().write(HELLO);
        assertThat(new String(readToEnd(server), StandardCharsets.US_ASCII)).isEqualTo("he");
        server.getOutputStream().write(HELLO);
        assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
    }

    @Test
    @DisplayName("waits for the first of the bytes that it counts")
    void begins() throws Exception {
        Strike strike = expect(Fault.DELAY, Direction.REPLIES, 5);
        CompletableFuture<Void> begun = CompletableFuture.runAsync(() -> strike.awaitBegin(Duration.ofSeconds(10)));
        server.getOutputStream().write(HELLO);
        assertThat(client.getInputStream().readNBytes(HELLO.length)).isEqualTo(HELLO);
        assertThat(begun).isNotDone();
        server.getOutputStream().write(HELLO);
        begun.get(10, TimeUnit.SECONDS);
    }
}
