package io.cuttlestore.redis;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.CuttlestoreException;
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
import io.cuttlestore.spi.Tls;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Turns what Jedis and the server say into exceptions of Cuttlestore.
 *
 * <p>The server's error replies begin with a code (https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors).
 * What they may echo of a command, and so of a value or a password, is cut off, and they never become causes.
 */
final class RedisErrors {
    private static final Pattern ECHOED_ARGUMENTS = Pattern.compile(", with args beginning with:.*", Pattern.DOTALL);
    private static final Pattern SCRIPT_PREFIX = Pattern.compile("^ERR Error running script .*@user_script: ?\\d+: -?");

    private static final String CHECK_CREDENTIALS = "; check the user name and the password";

    private RedisErrors() {}

    /** The server's words, without what they repeat of the command and of where in a script it was. */
    static String text(JedisDataException reply) {
        String message = String.valueOf(reply.getMessage());
        String own = SCRIPT_PREFIX.matcher(message).replaceFirst("");
        return ECHOED_ARGUMENTS.matcher(own).replaceFirst("");
    }

    /**
     * An error reply: the command was not carried out.
     *
     * @param subject what the command was about, for the message
     */
    static CuttlestoreException reply(String subject, JedisDataException reply) {
        String text = text(reply);
        String message = subject + " failed: Redis says '" + text + "'";
        if (text.startsWith("ERR max number of clients") || text.startsWith("ERR max clients")) {
            return new StoreUnavailableException(message + "; try again later, or raise its maxclients");
        }
        if (text.startsWith("ERR Protocol error: invalid bulk length")) {
            return new ValueTooLargeException(message + "; its proto-max-bulk-len is the limit");
        }
        if (text.startsWith("ERR AUTH") || text.startsWith("ERR invalid password")) {
            return new AccessDeniedException(message + CHECK_CREDENTIALS);
        }
        return switch (code(text)) {
            case "WRONGTYPE" -> foreign(subject);
            case "NOAUTH", "WRONGPASS" -> new AccessDeniedException(message + CHECK_CREDENTIALS);
            case "NOPERM" -> new AccessDeniedException(message + "; give the user this right, or use another user");
            case "DENIED" -> new AccessDeniedException(message);
            case "OOM" ->
                new StoreFullException(message + "; what was there is kept; raise its maxmemory or delete entries");
            case "READONLY" -> new StoreUnavailableException(message + "; writes must go to the primary");
            case "LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "MOVED", "ASK", "BUSY", "NOREPLICAS", "NOSCRIPT" ->
                new StoreUnavailableException(message + "; try again later");
            default -> new StoreFailedException(message);
        };
    }

    /** A key that holds something else than an entry. */
    static CorruptEntryException foreign(String subject) {
        return new CorruptEntryException(
                subject + " failed: what is stored there is not a string but another Redis type; it is left as it is");
    }

    /** What a command is about, for messages. */
    static String subject(Command<?> command) {
        String verb = command instanceof Get
                ? "reading"
                : command instanceof Put ? "writing" : command instanceof Delete ? "deleting" : "touching";
        return verb + " key '" + command.key() + "' in Redis";
    }

    private static String code(String text) {
        int space = text.indexOf(' ');
        return space < 0 ? text : text.substring(0, space);
    }

    /** A failure before any command was sent. */
    static CuttlestoreException connecting(HostAndPort address, Deadline deadline, Exception failure) {
        String message = "can't connect to Redis at " + address;
        if (failure instanceof JedisDataException reply) {
            return reply("connecting to Redis at " + address, reply);
        }
        UnknownHostException unknown = cause(failure, UnknownHostException.class);
        if (unknown != null) {
            return new StoreUnavailableException(message + ": the host is not known; check its name", unknown);
        }
        SSLException tls = cause(failure, SSLException.class);
        if (tls != null && !Tls.isBrokenConnection(tls)) {
            return new StoreFailedException(message + " with TLS: " + tlsReason(tls), tls);
        }
        SocketTimeoutException silence = cause(failure, SocketTimeoutException.class);
        if (deadline.hasPassed()) {
            String reason = silence == null ? "" : ": " + silence.getMessage();
            return new StoreTimeoutException(message + " within " + deadline.timeout() + reason, failure);
        }
        if (silence != null) {
            return new StoreUnavailableException(message + " within connect-timeout: " + silence.getMessage(), failure);
        }
        ConnectException refused = cause(failure, ConnectException.class);
        if (refused != null) {
            return new StoreUnavailableException(
                    message + ": " + refused.getMessage() + "; check host and port, and that the server runs", refused);
        }
        return new StoreUnavailableException(
                message
                        + (tls == null
                                ? ": it closed the connection or is no Redis server; if it expects TLS, use the scheme with ss"
                                : " with TLS: the connection broke in the handshake"),
                failure);
    }

    private static String tlsReason(SSLException tls) {
        String text = String.valueOf(tls.getMessage());
        if (text.contains("Unsupported or unrecognized SSL message")) {
            return "the server does not speak TLS; the scheme without the second s connects without";
        }
        return text + "; check the host name in the connection string, ca, cert and key";
    }

    /** The loss of a reply after the command was sent. */
    static CuttlestoreException lost(String subject, boolean write, Deadline deadline, Exception failure) {
        if (write) {
            return new OutcomeUnknownException(
                    subject + " was sent, but its reply was lost"
                            + (deadline.hasPassed() ? " as none came within " + deadline.timeout() : "")
                            + "; it may or may not have been carried out: read the key to learn which",
                    failure);
        }
        return deadline.hasPassed()
                ? new StoreTimeoutException(subject + " was not answered within " + deadline.timeout(), failure)
                : new StoreUnavailableException(subject + " failed as the connection broke", failure);
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
