package io.cuttlestore.reliability.network;

/** Which way bytes travel. */
enum Direction {
    REQUESTS,
    REPLIES
}
