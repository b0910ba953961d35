package io.cuttlestore.spi;

import io.cuttlestore.InvalidConnectionStringException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * TLS from PEM files: certificates of authorities, and a client's certificate with its key. For backends with the options
 * {@code ca}, {@code cert} and {@code key}.
 */
public final class Tls {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final char[] NO_PASSWORD = {};

    /** What a peer says of a handshake that did not arrive whole (RFC 8446, section 6.2). */
    private static final List<String> ALERTS_OF_BROKEN_CONNECTIONS =
            List.of("fatal alert: decode_error", "fatal alert: bad_record_mac");

    private Tls() {}

    /**
     * Sockets that trust the authorities, or those of the Java platform, and show the certificate if there is one.
     *
     * @throws InvalidConnectionStringException if a file can't be used
     */
    public static SSLSocketFactory sockets(Optional<Path> ca, Optional<Path> cert, Optional<Path> key) {
        if (cert.isPresent() != key.isPresent()) {
            throw new InvalidConnectionStringException("the options cert and key belong together; one is missing");
        }
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(cert.isPresent() ? keys(cert.get(), key.orElseThrow()) : null, authorities(ca), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw failure(e);
        }
    }

    private static InvalidConnectionStringException failure(Exception e) {
        return new InvalidConnectionStringException("TLS can't be set up: " + e.getMessage(), e);
    }

    /**
     * What trusts the authorities, or those of the Java platform.
     *
     * @throws InvalidConnectionStringException if the file can't be used
     */
    public static TrustManager[] authorities(Optional<Path> ca) {
        try {
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(ca.isPresent() ? storeOf(certificates("ca", ca.get())) : null);
            return managers.getTrustManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw failure(e);
        }
    }

    private static KeyStore storeOf(List<Certificate> certificates) throws GeneralSecurityException, IOException {
        KeyStore store = emptyStore();
        for (int i = 0; i < certificates.size(); i++) {
            store.setCertificateEntry("ca" + i, certificates.get(i));
        }
        return store;
    }

    /**
     * What shows a certificate with its chain.
     *
     * @param key that of the certificate, as unencrypted PKCS #8
     * @throws InvalidConnectionStringException if a file can't be used
     */
    public static KeyManager[] keys(Path cert, Path key) {
        try {
            List<Certificate> chain = certificates("cert", cert);
            KeyStore store = emptyStore();
            String algorithm = chain.get(0).getPublicKey().getAlgorithm();
            store.setKeyEntry("client", privateKey(key, algorithm), NO_PASSWORD, chain.toArray(new Certificate[0]));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, NO_PASSWORD);
            return managers.getKeyManagers();
        } catch (GeneralSecurityException | IOException e) {
            throw failure(e);
        }
    }

    private static List<Certificate> certificates(String option, Path file) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> found =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (found.isEmpty()) {
                throw new InvalidConnectionStringException("option '" + option + "': no certificate in " + file);
            }
            return found;
        } catch (IOException e) {
            throw new InvalidConnectionStringException("option '" + option + "': can't read " + file, e);
        }
    }

    private static PrivateKey privateKey(Path file, String algorithm) throws GeneralSecurityException {
        try {
            Matcher matcher = PKCS8.matcher(Files.readString(file, StandardCharsets.US_ASCII));
            if (!matcher.find()) {
                throw new InvalidConnectionStringException("option 'key': no unencrypted PKCS #8 key in " + file
                        + "; convert yours with: openssl pkcs8 -topk8 -nocrypt -in KEY -out NEW");
            }
            byte[] encoded = Base64.getMimeDecoder().decode(matcher.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IOException e) {
            throw new InvalidConnectionStringException("option 'key': can't read " + file, e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    /** Whether all that went wrong is that the connection broke, so that nobody refused anybody. */
    public static boolean isBrokenConnection(SSLException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof EOFException
                    || cause instanceof SocketException
                    || cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return ALERTS_OF_BROKEN_CONNECTIONS.stream().anyMatch(String.valueOf(failure.getMessage())::endsWith);
    }
}
