package io.cuttlestore.reliability.network;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/** What may befall the bytes between a client and a server. */
enum Fault {
    /** They arrive late, some of them after their caller has given up. Their order is kept. */
    DELAY {
        @Override
        void befall(Link link, Direction direction, Bytes bytes, Strike strike) throws IOException {
            link.pause(strike.nextMillis());
            link.pass(direction, bytes);
        }
    },

    /** Both ends are told that the connection was reset, whatever was under way is gone. */
    RESET {
        @Override
        void befall(Link link, Direction direction, Bytes bytes, Strike strike) throws IOException {
            link.reset();
        }
    },

    /** What is sent is never heard of again, in one direction or both; who connects is accepted and never answered. */
    BLACKHOLE {
        @Override
        void befall(Link link, Direction direction, Bytes bytes, Strike strike) {
            link.swallow(strike.isOneWay() ? direction : null);
        }

        @Override
        boolean acceptsOnly() {
            return true;
        }
    },

    /** Each byte travels in a packet of its own. */
    DRIP {
        @Override
        void befall(Link link, Direction direction, Bytes bytes, Strike strike) throws IOException {
            for (int i = 0; i < bytes.length(); i++) {
                link.pass(direction, bytes.from(i).first(1));
                LockSupport.parkNanos(BETWEEN_DRIPS_NANOS);
            }
        }
    },

    /** The connection ends in good order after a byte, as if that were all there is to say. */
    CUT {
        @Override
        void befall(Link link, Direction direction, Bytes bytes, Strike strike) throws IOException {
            link.close();
        }
    },

    /**
     * A connection that has ended for the client lives on for the server, beside the one that the client makes instead, and
     * what was sent over it arrives late: what happens when an address is translated anew or a cable is moved. No server
     * gets a byte twice, which TCP rules out.
     */
    DUPLICATE {
        @Override
        void befall(Link link, Direction direction, Bytes bytes, Strike strike) throws IOException {
            link.leaveClient();
            if (direction == Direction.REQUESTS) {
                link.pause(strike.nextMillis());
                link.pass(direction, bytes);
            }
        }
    },

    /** The client is told that nothing more will come, while what it sends still arrives. */
    HALF_CLOSE_TO_CLIENT {
        @Override
        void befall(Link link, Direction direction, Bytes bytes, Strike strike) throws IOException {
            link.endReplies();
            if (direction == Direction.REQUESTS) {
                link.pass(direction, bytes);
            }
        }
    },

    /** The server is told that nothing more will come, and the client can still send, to nobody; it may not learn of the end. */
    HALF_CLOSE_TO_SERVER {
        @Override
        void befall(Link link, Direction direction, Bytes bytes, Strike strike) throws IOException {
            link.endRequests(strike.isOneWay());
            if (direction == Direction.REPLIES) {
                link.pass(direction, bytes);
            }
        }
    };

    /** How long a byte waits for the next one: enough that each is sent by itself. */
    private static final long BETWEEN_DRIPS_NANOS = 20_000;

    /** Does to these bytes, which have been read and not passed on, what this fault is. */
    abstract void befall(Link link, Direction direction, Bytes bytes, Strike strike) throws IOException;

    /** Whether each time it befalls somebody is an event that ends a connection, rather than a condition of the network. */
    boolean isEvent() {
        return this != DELAY && this != DRIP && this != BLACKHOLE;
    }

    /** Whether a new connection leads nowhere. */
    boolean acceptsOnly() {
        return false;
    }
}
