package io.cuttlestore.reliability.fuzz;

import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.Option;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** A connection string is taken apart or refused, and shows nothing of its password. */
public final class ConnectionStringTarget {
    private static final String SECRET = "s3cr3t-9f8e7d";
    private static final List<Option<String>> OPTIONS =
            List.of(Option.text("password", "a password"), Option.text("name", "a name"));

    private ConnectionStringTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("SECRET", SECRET);
        if (text.indexOf(SECRET) != text.lastIndexOf(SECRET)) {
            return; // elsewhere it is no password
        }
        try {
            ConnectionString string = ConnectionString.parse(text, name -> name.equals("VARIABLE") ? "another" : null)
                    .withOptions(OPTIONS);
            ConnectionString.Servers servers = string.servers();
            Optional<String> password = servers.password();
            if (password.isPresent() && password.get().equals(SECRET)) {
                requireHidden(string.toString());
                requireHidden(servers.toString());
            }
        } catch (InvalidConnectionStringException refused) {
            if (text.contains(":" + SECRET + "@") || text.contains("?password=" + SECRET)) {
                requireHidden(String.valueOf(refused.getMessage()));
            }
        }
    }

    private static void requireHidden(String shown) {
        if (shown.contains(SECRET)) {
            throw new AssertionError("shows the password: " + shown);
        }
    }
}
