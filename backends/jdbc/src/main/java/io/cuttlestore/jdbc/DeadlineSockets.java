package io.cuttlestore.jdbc;

import io.cuttlestore.spi.Deadline;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes sockets whose reads and writes end by the deadline of the call that their thread carries out, whatever the driver
 * does with them meanwhile. Drivers make it by its name. Thread-safe.
 */
public final class DeadlineSockets extends SocketFactory {
    private static final ThreadLocal<@Nullable Deadline> CALL = new ThreadLocal<>();

    /** For drivers. */
    public DeadlineSockets() {}

    /**
     * Something that uses connections.
     *
     * @param <R> its result
     * @param <E> what it throws
     */
    @FunctionalInterface
    interface Use<R extends @Nullable Object, E extends Exception> {
        R get() throws E;
    }

    /** Ends all that is read and written meanwhile by a deadline. */
    static <R extends @Nullable Object, E extends Exception> R within(Deadline deadline, Use<R, E> use) throws E {
        CALL.set(deadline);
        try {
            return use.get();
        } finally {
            CALL.remove();
        }
    }

    /** The deadline of the call that this thread carries out, if it does. */
    static @Nullable Deadline ofCall() {
        return CALL.get();
    }

    @Override
    public Socket createSocket() {
        return new DeadlineSocket();
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        throw new UnsupportedOperationException();
    }
}
