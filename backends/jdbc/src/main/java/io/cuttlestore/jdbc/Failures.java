package io.cuttlestore.jdbc;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.Tls;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Turns what a driver and its server say into exceptions of Cuttlestore. Thread-safe. */
public abstract class Failures {
    private final String product;

    /** Those of a product, as messages call it. */
    protected Failures(String product) {
        this.product = product;
    }

    /** Whether these are the server's words. */
    protected abstract boolean isAnswer(SQLException e);

    /** Whether the connection broke, or the server ended it, so that what was sent may have been carried out. */
    protected abstract boolean isLost(SQLException e);

    /** Whether the server undid the statement because others were in its way; it may succeed next time. */
    protected abstract boolean isConflict(SQLException e);

    /** Whether the statement was refused, all of it, for a reason that only some of its commands may have. */
    protected abstract boolean mayBeOfOneCommand(SQLException e);

    /** An error that the server answered with: nothing was carried out. The message says what failed and how. */
    protected abstract CuttlestoreException answer(String message, SQLException e);

    /** What the driver means by refusing a connection by itself; {@code null} if nothing special. */
    protected @Nullable CuttlestoreException refused(String message, SQLException e) {
        return null;
    }

    /** What a command is about, for messages. */
    String subject(Command<?> command) {
        String verb = command instanceof Get
                ? "reading"
                : command instanceof Put ? "writing" : command instanceof Delete ? "deleting" : "touching";
        return verb + " key '" + command.key() + "' in " + product;
    }

    /**
     * A failure after something was sent.
     *
     * @param subject what it was about
     * @param write whether carrying it out twice may differ from once
     */
    CuttlestoreException of(String subject, boolean write, Deadline deadline, SQLException e) {
        if (!isLost(e)) {
            return answer(subject + " failed: " + says(e), e);
        }
        if (write) {
            return new OutcomeUnknownException(
                    subject + " was sent, but its reply was lost"
                            + (deadline.hasPassed() ? " as none came within " + deadline.timeout() : "")
                            + "; it may or may not have been carried out: read the key to learn which",
                    e);
        }
        return deadline.hasPassed()
                ? new StoreTimeoutException(subject + " was not answered within " + deadline.timeout(), e)
                : new StoreUnavailableException(subject + " failed as the connection broke", e);
    }

    private String says(SQLException e) {
        return product + " says '" + e.getMessage() + "'";
    }

    /** A failure before anything was sent. */
    CuttlestoreException connecting(String address, Deadline deadline, SQLException e) {
        String message = "can't connect to " + address;
        if (isAnswer(e)) {
            return answer("connecting to " + address + " failed: " + says(e), e);
        }
        String says = "the driver says '" + e.getMessage() + "'";
        if (cause(e, UnknownHostException.class) != null) {
            return new StoreUnavailableException(message + ": the host is not known; check its name", e);
        }
        SSLException tls = cause(e, SSLException.class);
        boolean isRefused = tls != null && !Tls.isBrokenConnection(tls);
        if (isRefused || cause(e, GeneralSecurityException.class) != null) {
            return new StoreFailedException(
                    message + " with TLS: " + says + "; check the host name, sslmode, ca, cert and key", e);
        }
        if (cause(e, ConnectException.class) != null) {
            return new StoreUnavailableException(
                    message + ": the connection was refused; check host and port, and that the server runs", e);
        }
        if (deadline.hasPassed()) {
            return new StoreTimeoutException(message + " within " + deadline.timeout(), e);
        }
        CuttlestoreException refused = refused(message + ": " + says, e);
        if (refused != null) {
            return refused;
        }
        return e.getCause() == null
                ? new StoreFailedException(
                        message + ": " + says + "; check the host name, sslmode, ca, cert and key", e)
                : new StoreUnavailableException(
                        message + ": there was no answer within connect-timeout, it closed the connection, or it is no "
                                + product + " server",
                        e);
    }

    private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return type.cast(cause);
            }
        }
        return null;
    }
}
