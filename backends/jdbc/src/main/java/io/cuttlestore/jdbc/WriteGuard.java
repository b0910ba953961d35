package io.cuttlestore.jdbc;

import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Closes sockets whose writes take too long, which is the only way to end them: a blocking write has no timeout. Has a
 * thread only while there is something to guard. Thread-safe.
 */
final class WriteGuard {
    private static final ScheduledThreadPoolExecutor TIMER = timer();

    private WriteGuard() {}

    private static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "cuttlestore-jdbc-write-guard");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
        timer.setKeepAliveTime(1, TimeUnit.SECONDS);
        timer.allowCoreThreadTimeOut(true);
        return timer;
    }

    /** Closes the socket when the deadline passes, unless the result is cancelled before. */
    static Future<?> closeAt(Deadline deadline, Socket socket) {
        return TIMER.schedule(() -> close(socket), deadline.remainingNanos(), TimeUnit.NANOSECONDS);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.getLogger(WriteGuard.class.getName())
                    .log(System.Logger.Level.DEBUG, "closing the socket of an overdue call failed", e);
        }
    }
}
