package io.cuttlestore.reliability.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Stands between clients and a server on this machine, and does to their connections what it is told. Thread-safe. */
final class Proxy implements AutoCloseable {
    /** Nothing befalls anybody. */
    static final Strike NONE = new Strike(Fault.CUT, Direction.REPLIES, Long.MAX_VALUE, 0, 0, 0);

    /** What its threads are called. */
    static final String THREADS = "proxy";

    private static final int WAITING = 50;

    private final int serverPort;
    private final ServerSocket door;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, THREADS);
        thread.setDaemon(true);
        return thread;
    });
    private volatile Strike strike = NONE;

    /** A proxy of the server that listens on this port. */
    Proxy(int serverPort) {
        this.serverPort = serverPort;
        try {
            this.door = new ServerSocket(0, WAITING, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** From now on this is what will happen. Connections that only the server still knows are ended. */
    void expect(Strike next) {
        strike = next;
        links.stream().filter(Link::isGhost).forEach(Link::close);
    }

    /** Ends all connections there are. */
    void drop() {
        links.forEach(Link::close);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                serve(door.accept());
            } catch (IOException clientOrDoorIsGone) {
                // the next one may come, unless it is the door
            }
        }
    }

    private void serve(Socket client) throws IOException {
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        } catch (IOException serverIsDown) {
            client.setSoLinger(true, 0);
            client.close();
            return;
        }
        Link link = new Link(client, server);
        if (strike.swallowsNew()) {
            link.swallow(null);
        }
        links.add(link);
        link.carry(() -> strike, threads, () -> links.remove(link));
    }

    /** Ends all connections. */
    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.forEach(Link::reset);
        threads.shutdown();
    }
}
