package io.cuttlestore.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;

/**
 * Certificates made for one test run with {@code openssl}: an authority, a server for {@code localhost} and
 * {@code 127.0.0.1}, a server for another host, one whose time is over, one that signed itself, and a client. Keys are unencrypted PKCS #8 in PEM.
 */
public final class TlsCertificates implements AutoCloseable {

    /** A certificate and its private key, both PEM files. */
    public record Pair(Path certificate, Path key) {}

    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Pair ca;
    private final Pair server;
    private final Pair otherHost;
    private final Pair expired;
    private final Pair selfSigned;
    private final Pair client;

    /** Makes all certificates anew. */
    public TlsCertificates() {
        folder = RedisServer.temporaryFolder();
        ca = pair("ca");
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=cuttlestore-test-ca"
                + " -keyout ca.key -out ca.crt");
        server = signed("server", "localhost", "subjectAltName=DNS:localhost,IP:127.0.0.1");
        otherHost = signed("other", "elsewhere.example", "subjectAltName=DNS:elsewhere.example");
        expired = signed("expired", "localhost", "subjectAltName=DNS:localhost,IP:127.0.0.1", -1);
        selfSigned = pair("self");
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
                + " -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout self.key -out self.crt");
        client = signed("client", "cuttlestore-client", "extendedKeyUsage=clientAuth");
    }

    /** The authority that signed all others. */
    public Pair ca() {
        return ca;
    }

    /** A server certificate for localhost and 127.0.0.1. */
    public Pair server() {
        return server;
    }

    /** A server certificate of the same authority for a host that is not this one. */
    public Pair otherHost() {
        return otherHost;
    }

    /** A server certificate of the same authority for localhost and 127.0.0.1 that was valid until yesterday. */
    public Pair expired() {
        return expired;
    }

    /** A server certificate for localhost and 127.0.0.1 that no authority has signed. */
    public Pair selfSigned() {
        return selfSigned;
    }

    /** A client certificate. */
    public Pair client() {
        return client;
    }

    @Override
    public void close() {
        RedisServer.deleteFolder(folder);
    }

    /** How a test's administrator connects: trusts the authority, shows the client certificate, ignores the host name. */
    JedisClientConfig trustingAdmin() {
        SSLParameters anyHost = new SSLParameters();
        SslOptions options = SslOptions.builder()
                .sslParameters(anyHost)
                .sslVerifyMode(SslVerifyMode.CA)
                .keyStoreType("PKCS12")
                .keystore(folder.resolve("client.p12").toFile(), PASSWORD.toCharArray())
                .trustStoreType("PKCS12")
                .truststore(folder.resolve("ca.p12").toFile(), PASSWORD.toCharArray())
                .build();
        return DefaultJedisClientConfig.builder().sslOptions(options).build();
    }

    private Pair pair(String name) {
        return new Pair(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
    }

    private Pair signed(String name, String commonName, String extension) {
        return signed(name, commonName, extension, 2);
    }

    /** @param days how long it is valid from now; -1 for one that was never */
    private Pair signed(String name, String commonName, String extension, int days) {
        write(name + ".ext", extension + "\n");
        openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + commonName + " -keyout " + name
                + ".key -out " + name + ".csr");
        openssl("x509 -req -in " + name + ".csr -CA ca.crt -CAkey ca.key -CAcreateserial -days " + days + " -extfile "
                + name + ".ext -out " + name + ".crt");
        if (name.equals("client")) {
            openssl("pkcs12 -export -in client.crt -inkey client.key -out client.p12 -passout pass:" + PASSWORD);
            keytool("-importcert -noprompt -file ca.crt -alias ca -storetype PKCS12 -keystore ca.p12 -storepass "
                    + PASSWORD);
        }
        return pair(name);
    }

    private void openssl(String arguments) {
        run("openssl " + arguments);
    }

    private void keytool(String arguments) {
        run(Path.of(System.getProperty("java.home"), "bin", "keytool") + " " + arguments);
    }

    private void run(String line) {
        try {
            Process process = new ProcessBuilder(List.of(line.split(" ")))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new AssertionError("Failed with status " + status + ": " + line + "\n" + output);
            }
        } catch (IOException e) {
            throw new AssertionError("Can't run " + line.substring(0, line.indexOf(' ')) + "; is it installed?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while making certificates", e);
        }
    }

    private void write(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
