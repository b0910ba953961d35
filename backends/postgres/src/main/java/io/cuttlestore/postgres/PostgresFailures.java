package io.cuttlestore.postgres;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreFullException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.ValueTooLargeException;
import io.cuttlestore.jdbc.Failures;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Turns what the driver and the server say into exceptions of Cuttlestore. The server's errors have a code
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
final class PostgresFailures extends Failures {
    /** The classes of errors that a command can have brought upon those of the same statement. */
    private static final Set<String> OF_ONE_COMMAND = Set.of("22", "23", "40", "54");

    private static final String OUT_OF_MEMORY = "53200";
    private static final String CONNECTION_REJECTED = "08004";
    private static final String NO_PRIMARY = "08001";

    PostgresFailures() {
        super("PostgreSQL");
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }

    @Override
    protected boolean isAnswer(SQLException e) {
        return e instanceof PSQLException answer && answer.getServerErrorMessage() != null;
    }

    @Override
    protected boolean isLost(SQLException e) {
        return !isAnswer(e) || state(e).startsWith("08") || state(e).startsWith("57P");
    }

    @Override
    protected boolean isConflict(SQLException e) {
        return state(e).startsWith("40");
    }

    @Override
    protected boolean mayBeOfOneCommand(SQLException e) {
        return !isLost(e) && (OF_ONE_COMMAND.contains(state(e).substring(0, 2)) || state(e).equals(OUT_OF_MEMORY));
    }

    @Override
    protected CuttlestoreException answer(String message, SQLException e) {
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

    @Override
    protected @Nullable CuttlestoreException refused(String message, SQLException e) {
        if (state(e).equals(CONNECTION_REJECTED)) {
            return new AccessDeniedException(message + "; check user name and password, and sslmode", e);
        }
        if (state(e).equals(NO_PRIMARY) && e.getCause() == null) {
            return new StoreUnavailableException(message + "; the primary is needed, not a server that only reads", e);
        }
        return null;
    }
}
