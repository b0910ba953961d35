package io.cuttlestore.reliability.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection of a client through a {@link Proxy}: two sockets, and a thread for each direction. */
final class Link {
    private static final int CHUNK = 16 * 1024;

    private final Socket client;
    private final Socket server;
    private final Set<Direction> swallowed = EnumSet.noneOf(Direction.class);
    private final CountDownLatch closed = new CountDownLatch(1);
    private int carrying = Direction.values().length;
    private boolean ghost;
    private boolean hidesEnd;

    Link(Socket client, Socket server) throws IOException {
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    /**
     * Carries bytes until both directions have ended.
     *
     * @param strike what may befall them
     * @param atEnd is run afterwards
     */
    void carry(Supplier<Strike> strike, Executor threads, Runnable atEnd) {
        for (Direction direction : Direction.values()) {
            threads.execute(() -> {
                carry(direction, strike);
                if (isLast()) {
                    close();
                    atEnd.run();
                }
            });
        }
    }

    private synchronized boolean isLast() {
        carrying--;
        return carrying == 0;
    }

    private void carry(Direction direction, Supplier<Strike> strikes) {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = (direction == Direction.REQUESTS ? client : server).getInputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                Strike strike = strikes.get();
                Bytes bytes = new Bytes(chunk, 0, length);
                int spared = strike.sparedOf(direction, length);
                pass(direction, bytes.first(spared));
                if (spared < length) {
                    strike.fault().befall(this, direction, bytes.from(spared), strike);
                }
            }
            end(direction);
        } catch (IOException broken) {
            if (direction == Direction.REPLIES || !isGhost()) {
                reset();
            }
        }
    }

    /** Passes on that nothing more comes this way. */
    private void end(Direction direction) throws IOException {
        if (direction == Direction.REQUESTS) {
            if (!isGhost() && !server.isOutputShutdown()) {
                server.shutdownOutput();
            }
        } else if (!hidesEnd() && !client.isOutputShutdown() && !client.isClosed()) {
            client.shutdownOutput();
        }
    }

    /** Sends bytes where they belong, unless they are swallowed or that end is closed to them. */
    void pass(Direction direction, Bytes bytes) throws IOException {
        if (bytes.length() == 0 || isSwallowed(direction)) {
            return;
        }
        Socket to = direction == Direction.REQUESTS ? server : client;
        if (!to.isOutputShutdown() && !to.isClosed()) {
            to.getOutputStream().write(bytes.array(), bytes.offset(), bytes.length());
        }
    }

    private synchronized boolean isSwallowed(Direction direction) {
        return swallowed.contains(direction);
    }

    /** Whether it has ended for the client only. */
    synchronized boolean isGhost() {
        return ghost;
    }

    private synchronized boolean hidesEnd() {
        return hidesEnd;
    }

    /** Loses from now on what travels in this direction, or in both, and does not tell the client if the server ends it. */
    synchronized void swallow(@Nullable Direction one) {
        swallowed.addAll(one == null ? EnumSet.allOf(Direction.class) : EnumSet.of(one));
        hidesEnd = true;
    }

    /** Waits, not longer than the connection is there. */
    void pause(int millis) throws IOException {
        try {
            if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                throw new IOException("closed while bytes were held back");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Ends it for the client and keeps it for the server. */
    void leaveClient() throws IOException {
        synchronized (this) {
            ghost = true;
            hidesEnd = true;
            swallowed.add(Direction.REPLIES);
        }
        client.setSoLinger(true, 0);
        client.close();
    }

    /** Tells the client that nothing more comes. */
    void endReplies() throws IOException {
        synchronized (this) {
            swallowed.add(Direction.REPLIES);
        }
        if (!client.isOutputShutdown()) {
            client.shutdownOutput();
        }
    }

    /**
     * Tells the server that nothing more comes.
     *
     * @param hidden whether the client does not learn that the server then ends the connection
     */
    void endRequests(boolean hidden) throws IOException {
        synchronized (this) {
            hidesEnd = hidden;
            swallowed.add(Direction.REQUESTS);
        }
        if (!server.isOutputShutdown()) {
            server.shutdownOutput();
        }
    }

    /** Ends it with a reset on both sides. */
    void reset() {
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException alreadyClosed) {
                // nobody is left to be told
            }
        }
        close();
    }

    void close() {
        closed.countDown();
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
