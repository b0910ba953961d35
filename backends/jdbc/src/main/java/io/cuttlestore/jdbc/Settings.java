package io.cuttlestore.jdbc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a connection string for a database on a server says.
 *
 * @param scheme that of the connection string
 * @param host a name or an address, without brackets
 * @param port of the server
 * @param database its name
 * @param credentials of the user
 * @param table its name, behind that of its schema and a dot if it was given
 * @param tls whether and how the connection is encrypted
 * @param poolSize how many connections there may be
 * @param connectTimeout how long making a connection may take
 */
public record Settings(
        String scheme,
        String host,
        int port,
        String database,
        Credentials credentials,
        String table,
        Tls tls,
        int poolSize,
        Duration connectTimeout) {

    /** What of a connection is protected; the words are those of PostgreSQL's clients. */
    public enum SslMode {
        /** Nothing is encrypted. */
        DISABLE,
        /** Encrypted, for whoever answers. */
        REQUIRE,
        /** Encrypted, for a server with a certificate of an authority that is trusted. */
        VERIFY_CA,
        /** The same, and the certificate must be that of the host. */
        VERIFY_FULL;

        public boolean verifies() {
            return this == VERIFY_CA || this == VERIFY_FULL;
        }

        /** As the driver has it, and connection strings. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * How TLS is used.
     *
     * @param mode what is verified
     * @param ca the authorities to trust instead of the Java platform's
     * @param cert the client's certificate
     * @param key the client's key
     */
    public record Tls(SslMode mode, Optional<Path> ca, Optional<Path> cert, Optional<Path> key) {}

    /**
     * Who logs in.
     *
     * @param user the name
     * @param password shown nowhere; may be empty
     */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return user;
        }
    }

    /** The host, in brackets if it is an IPv6 address. */
    public String bracketedHost() {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    /** Which database is opened, without credentials. */
    public String address() {
        return scheme + "://" + bracketedHost() + ":" + port + "/" + database;
    }
}
