package io.cuttlestore.postgres;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreFullException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.ValueTooLargeException;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Put;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Turns what the driver and the server say into exceptions of Cuttlestore. The server's errors have a code
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
final class PostgresFailures {
    /** The classes of errors that a command can have brought upon those of the same statement. */
    private static final Set<String> OF_ONE_COMMAND = Set.of("22", "23", "40", "54");

    private static final String OUT_OF_MEMORY = "53200";
    private static final String CONNECTION_REJECTED = "08004";
    private static final String NO_PRIMARY = "08001";

    private PostgresFailures() {}

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    /** Whether these are the server's words. */
    static boolean isAnswer(SQLException e) {
        return e instanceof PSQLException answer && answer.getServerErrorMessage() != null;
    }

    /** Whether the connection broke, or the server ended it, so that what was sent may have been carried out. */
    static boolean isLost(SQLException e) {
        return !isAnswer(e) || state(e).startsWith("08") || state(e).startsWith("57P");
    }

    /** Whether the statement was refused, all of it, for a reason that only some of its commands may have. */
    static boolean mayBeOfOneCommand(SQLException e) {
        return !isLost(e) && (OF_ONE_COMMAND.contains(state(e).substring(0, 2)) || state(e).equals(OUT_OF_MEMORY));
    }

    /** What a command is about, for messages. */
    static String subject(Command<?> command) {
        String verb = command instanceof Get
                ? "reading"
                : command instanceof Put ? "writing" : command instanceof Delete ? "deleting" : "touching";
        return verb + " key '" + command.key() + "' in PostgreSQL";
    }

    /**
     * A failure after something was sent.
     *
     * @param subject what it was about
     * @param write whether carrying it out twice may differ from once
     */
    static CuttlestoreException of(String subject, boolean write, Deadline deadline, SQLException e) {
        if (!isLost(e)) {
            return answer(subject, e);
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

    /** An error that the server answered with: nothing was carried out. */
    private static CuttlestoreException answer(String subject, SQLException e) {
        String message = subject + " failed: PostgreSQL says '" + e.getMessage() + "'";
        return switch (state(e)) {
            case "28000", "28P01" ->
                new AccessDeniedException(
                        message + "; check user name and password, and whether the server wants TLS (sslmode)", e);
            case "42501" -> new AccessDeniedException(message + "; grant the role this right, or use another role", e);
            case "3D000" -> new InvalidConnectionStringException(message + "; check its name, or make it", e);
            case "3F000" -> new InvalidConnectionStringException(message + "; check option 'table', or make it", e);
            case "42P01", "42703", "42804" ->
                new IncompatibleStoreException(message + "; the table was dropped or altered while it was open", e);
            case "25006" -> new StoreUnavailableException(message + "; writes must go to the primary", e);
            case "53100" -> new StoreFullException(message + "; what was there is kept; make room", e);
            case "57014" ->
                new StoreTimeoutException(message + "; an administrator or its statement_timeout did so", e);
            case OUT_OF_MEMORY, "53300", "55P03" -> new StoreUnavailableException(message + "; try again later", e);
            default -> ofClass(message, e);
        };
    }

    private static CuttlestoreException ofClass(String message, SQLException e) {
        return switch (state(e).substring(0, 2)) {
            case "08", "40", "57" -> new StoreUnavailableException(message + "; try again later", e);
            case "54" -> new ValueTooLargeException(message, e);
            default -> new StoreFailedException(message, e);
        };
    }

    /** A failure before anything was sent. */
    static CuttlestoreException connecting(String address, Deadline deadline, SQLException e) {
        String message = "can't connect to " + address;
        if (isAnswer(e)) {
            return answer("connecting to " + address, e);
        }
        String says = "the driver says '" + e.getMessage() + "'";
        if (cause(e, UnknownHostException.class) != null) {
            return new StoreUnavailableException(message + ": the host is not known; check its name", e);
        }
        if (cause(e, SSLException.class) != null || cause(e, GeneralSecurityException.class) != null) {
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
        if (state(e).equals(CONNECTION_REJECTED)) {
            return new AccessDeniedException(message + ": " + says + "; check user name and password, and sslmode", e);
        }
        if (state(e).equals(NO_PRIMARY) && e.getCause() == null) {
            return new StoreUnavailableException(
                    message + ": " + says + "; the primary is needed, not a server that only reads", e);
        }
        return e.getCause() == null
                ? new StoreFailedException(
                        message + ": " + says + "; check the host name, sslmode, ca, cert and key", e)
                : new StoreUnavailableException(
                        message + ": there was no answer within connect-timeout, it closed the connection, or it is no"
                                + " PostgreSQL server",
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
