package io.cuttlestore.mysql;

import io.cuttlestore.jdbc.Settings;
import io.cuttlestore.spi.Tls;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import org.mariadb.jdbc.Configuration;
import org.mariadb.jdbc.HostAddress;
import org.mariadb.jdbc.export.ExceptionFactory;
import org.mariadb.jdbc.export.SslMode;
import org.mariadb.jdbc.plugin.tls.main.DefaultTlsSocketPlugin;

/**
 * How the driver uses TLS: with PEM files, and without its own way of trusting a certificate that nobody signed as long as the
 * server knows the password. The driver makes it by its {@link #TYPE}; it is public for nothing else.
 */
public final class PemTls extends DefaultTlsSocketPlugin {
    static final String TYPE = "cuttlestore";

    private static final String CA = "cuttlestore.ca";
    private static final String CERT = "cuttlestore.cert";
    private static final String KEY = "cuttlestore.key";

    /** For the driver. */
    public PemTls() {}

    /** The files, as properties that the driver does not know and hands back here. */
    static Properties files(Settings.Tls tls) {
        Properties files = new Properties();
        tls.ca().ifPresent(file -> files.setProperty(CA, file.toString()));
        tls.cert().ifPresent(file -> files.setProperty(CERT, file.toString()));
        tls.key().ifPresent(file -> files.setProperty(KEY, file.toString()));
        return files;
    }

    private static Optional<Path> file(Configuration driver, String property) {
        return Optional.ofNullable(driver.nonMappedOptions().getProperty(property))
                .map(Path::of);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public TrustManager[] getTrustManager(Configuration driver, ExceptionFactory failures, HostAddress host)
            throws SQLException {
        return driver.sslMode() == SslMode.TRUST
                ? super.getTrustManager(driver, failures, host)
                : Tls.authorities(file(driver, CA));
    }

    @Override
    public KeyManager[] getKeyManager(Configuration driver, ExceptionFactory failures) {
        Optional<Path> cert = file(driver, CERT);
        Optional<Path> key = file(driver, KEY);
        return cert.isPresent() && key.isPresent() ? Tls.keys(cert.get(), key.get()) : new KeyManager[0];
    }
}
