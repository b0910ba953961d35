package io.cuttlestore.mysql;

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

/**
 * Turns what the driver and the server say into exceptions of Cuttlestore. The server's errors have a number
 * (https://mariadb.com/kb/en/mariadb-error-code-reference/).
 */
final class MysqlFailures extends Failures {
    /** Shutting down, killed, idle for too long, or trouble on the way: the connection has ended, or does so. */
    private static final Set<Integer> ENDS = Set.of(1053, 1079, 1080, 1153, 1158, 1159, 1160, 1161, 1220, 1927, 4031);

    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int DEADLOCK = 1213;

    MysqlFailures() {
        super("MySQL or MariaDB");
    }

    @Override
    protected boolean isAnswer(SQLException e) {
        return e.getErrorCode() >= 1_000;
    }

    @Override
    protected boolean isLost(SQLException e) {
        return !isAnswer(e) || ENDS.contains(e.getErrorCode());
    }

    @Override
    protected boolean isConflict(SQLException e) {
        return e.getErrorCode() == DEADLOCK || e.getErrorCode() == LOCK_WAIT_TIMEOUT;
    }

    /** The classes 22, of data, and 23, of constraints; those that MySQL checks have none. */
    @Override
    protected boolean mayBeOfOneCommand(SQLException e) {
        String state = String.valueOf(e.getSQLState());
        return isConflict(e)
                || (!isLost(e) && (state.startsWith("22") || state.startsWith("23") || e.getErrorCode() == 3819));
    }

    @Override
    protected CuttlestoreException answer(String message, SQLException e) {
        return switch (e.getErrorCode()) {
            case 1045, 1130, 1251, 1698, 1820, 1862, 3118, 3159 ->
                new AccessDeniedException(
                        message + "; check user name and password, and whether the server wants TLS (sslmode)", e);
            case 1044, 1142, 1143, 1227, 1370 ->
                new AccessDeniedException(message + "; grant the user this right, or use another user", e);
            case 1049 -> new InvalidConnectionStringException(message + "; check its name, or make it", e);
            case 1054, 1146, 1932 ->
                new IncompatibleStoreException(message + "; the table was dropped or altered while it was open", e);
            case 1290, 1792, 1836 -> new StoreUnavailableException(message + "; writes must go to the primary", e);
            case 1021, 1114 -> new StoreFullException(message + "; what was there is kept; make room", e);
            case 1317, 1969, 3024 ->
                new StoreTimeoutException(message + "; an administrator or a time limit of the server did so", e);
            case 1118, 1301, 1406 -> new ValueTooLargeException(message, e);
            case 1037, 1040, 1041, 1129, 1135, 1203, 1226, LOCK_WAIT_TIMEOUT, DEADLOCK ->
                new StoreUnavailableException(message + "; try again later", e);
            default ->
                isLost(e)
                        ? new StoreUnavailableException(message + "; try again later", e)
                        : new StoreFailedException(message, e);
        };
    }
}
