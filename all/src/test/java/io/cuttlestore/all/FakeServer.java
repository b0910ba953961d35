package io.cuttlestore.all;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Something that listens where a Redis server is expected, and answers whatever it is sent in its own way. */
final class FakeServer implements AutoCloseable {
    private static final int MOST_BYTES = 4096;

    private final ServerSocket listening;
    private final Function<String, String> answer;

    /** @param answer to what was sent; an empty one hangs up */
    FakeServer(Function<String, String> answer) throws IOException {
        this.listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        this.answer = answer;
        Thread thread = new Thread(this::serve, "fake-server");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                talk(socket);
            } catch (IOException gone) {
                // The next one, if this server is still there.
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        OutputStream out = socket.getOutputStream();
        byte[] bytes = new byte[MOST_BYTES];
        for (int length = in.read(bytes); length > 0; length = in.read(bytes)) {
            String reply = answer.apply(new String(bytes, 0, length, StandardCharsets.ISO_8859_1));
            if (reply.isEmpty()) {
                return;
            }
            out.write(reply.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
