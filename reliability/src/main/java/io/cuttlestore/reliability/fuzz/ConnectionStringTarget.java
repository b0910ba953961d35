package io.cuttlestore.reliability.fuzz;

import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.Option;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A connection string is taken apart or refused, and shows nothing of its password. */
public final class ConnectionStringTarget {
    /** Has capital letters, so that no scheme, which is shown in small ones, can hold it. */
    private static final String SECRET = "S3CR3T-9f8e7d";

    private static final List<Option<?>> OPTIONS = List.of(
            Option.secret("password", "a password"),
            Option.text("name", "a name"),
            Option.path("file", "a file"),
            Option.integer("size", 1, 64, "a size"),
            Option.duration("wait", "a duration"),
            Option.choice("when", TimeUnit.class, "a choice"),
            Option.flag("flag", "yes or no"));

    private ConnectionStringTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8).replaceFirst("SECRET", SECRET);
        if (text.indexOf(SECRET) != text.lastIndexOf(SECRET)) {
            return; // elsewhere it is no password
        }
        boolean secret = text.contains(":" + SECRET + "@")
                || text.startsWith("?password=" + SECRET, text.indexOf('?')); // elsewhere it is another option's value
        try {
            ConnectionString string = ConnectionString.parse(text, name -> name.equals("VARIABLE") ? "another" : null)
                    .withOptions(OPTIONS);
            if (secret) {
                requireHidden(string.toString());
            }
            string.place();
            ConnectionString.Servers servers = string.servers();
            if (secret && servers.password().equals(Optional.of(SECRET))) {
                requireHidden(servers.toString());
            }
        } catch (InvalidConnectionStringException refused) {
            if (secret) {
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
