package io.cuttlestore.jdbc;

import io.cuttlestore.spi.Deadline;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose reads and writes end by the deadline of the call that its thread carries out. TLS is layered on top of it, so that it holds there too. Used by one thread at a time.
 */
final class DeadlineSocket extends Socket {
    /** What surely fits into the buffers; writing more may wait for a server that does not read. */
    private static final int NEVER_BLOCKS = 8192;

    /** For what a driver does in a thread that carries out no call. */
    private static final Duration WITHOUT_CALL = Duration.ofSeconds(1);

    private int unanswered;
    private @Nullable Future<?> guarded;

    private static Deadline deadline() {
        Deadline call = DeadlineSockets.ofCall();
        return call == null ? Deadline.after(WITHOUT_CALL) : call;
    }

    /** Connects by the deadline, whatever timeout the driver has. */
    @Override
    public void connect(SocketAddress endpoint, int ignored) throws IOException {
        super.connect(endpoint, millis(deadline()));
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                answered();
                setSoTimeout(millis(deadline()));
                try {
                    return in.read(bytes, offset, length);
                } catch (SocketTimeoutException e) {
                    throw new IOException("no answer in time", e); // the driver would try again
                }
            }
        };
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new FilterOutputStream(super.getOutputStream()) {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                unanswered += Math.min(length, NEVER_BLOCKS + 1);
                if (unanswered > NEVER_BLOCKS && guarded == null) {
                    guarded = WriteGuard.closeAt(deadline(), DeadlineSocket.this);
                }
                out.write(bytes, offset, length);
            }
        };
    }

    /** What was written has gone out, or the driver would not read. */
    private void answered() {
        unanswered = 0;
        if (guarded != null) {
            guarded.cancel(false);
            guarded = null;
        }
    }

    private static int millis(Deadline deadline) throws IOException {
        int millis = deadline.remainingMillis();
        if (millis == 0) {
            throw new IOException("no time left");
        }
        return millis;
    }
}
