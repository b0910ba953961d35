package io.cuttlestore.redis;

import io.cuttlestore.spi.Deadline;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * A socket whose reads, however many a reply takes, end by a deadline that is set anew for every trip. TLS is layered on
 * top of it, so that it holds there too. Used by one thread at a time.
 */
final class DeadlineSocket extends Socket {
    private Deadline deadline;

    DeadlineSocket(Deadline deadline) {
        this.deadline = deadline;
    }

    void setDeadline(Deadline next) {
        deadline = next;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            @Override
            public int read() throws IOException {
                limit();
                return in.read();
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                limit();
                return in.read(bytes, offset, length);
            }
        };
    }

    private void limit() throws IOException {
        int millis = deadline.remainingMillis();
        if (millis == 0) {
            throw new SocketTimeoutException("no time left to read the reply");
        }
        setSoTimeout(millis);
    }
}
