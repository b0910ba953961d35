package io.cuttlestore.spi;

import io.cuttlestore.InvalidConnectionStringException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A connection string, {@code scheme:} or {@code scheme://rest?option=value&...}, taken apart strictly by RFC 3986 and
 * percent-decoded. {@code ${NAME}} in any part stands for an environment variable, whose value is taken as it is: not
 * decoded, not expanded again, and never able to change where a part begins or ends. Immutable.
 *
 * <p>{@link #toString()} and all messages leave secrets out.
 */
public final class ConnectionString {
    private static final String MAY_BE_PASSWORD = "unknown option, or a password with a bare ?, to be written as %3F";

    private static final Pattern WHOLE =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)(?::(//)?([^?]*))?(?:\\?(.*))?", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*}?)");
    private static final Pattern NAME_AND_BRACE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)}");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:@\\[\\]]+)(?::(.*))?");

    private final String scheme;
    private final String rest;
    private final Map<String, String> rawOptions;
    private final Function<String, @Nullable String> environment;
    private Map<String, Object> options = Map.of();

    private ConnectionString(
            String scheme,
            String rest,
            Map<String, String> rawOptions,
            Function<String, @Nullable String> environment) {
        this.scheme = scheme;
        this.rest = rest;
        this.rawOptions = rawOptions;
        this.environment = environment;
    }

    /**
     * A host and, if one was given, its port.
     *
     * @param name a host name or an IP address, the latter without brackets
     * @param port 1 to 65,535
     */
    public record Host(String name, OptionalInt port) {}

    /**
     * The parts of a string that names servers.
     *
     * @param user the user before {@code @}
     * @param password the password before {@code @}
     * @param hosts at least one
     * @param path the decoded segments behind the hosts
     */
    public record Servers(Optional<String> user, Optional<String> password, List<Host> hosts, List<String> path) {
        /** Without the password. */
        @Override
        public String toString() {
            return hosts + " " + path;
        }
    }

    /**
     * Takes a connection string apart, with variables from the process's environment. Options are not looked at yet.
     *
     * @throws InvalidConnectionStringException if its syntax is wrong
     */
    public static ConnectionString parse(String text) {
        return parse(text, System::getenv);
    }

    /** As {@link #parse(String)}, with variables from elsewhere. */
    public static ConnectionString parse(String text, Function<String, @Nullable String> environment) {
        Matcher matcher = WHOLE.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidConnectionStringException(
                    "not a connection string: SCHEME://PLACE?OPTION=VALUE was expected, such as sqlite://./app.db");
        }
        if (text.indexOf('#') >= 0) {
            throw new InvalidConnectionStringException(
                    "a connection string must not hold a bare #; write it as %23 where it belongs to a value");
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        String rest = matcher.group(3) == null ? "" : matcher.group(3);
        if (matcher.group(2) == null && !rest.isEmpty()) {
            throw new InvalidConnectionStringException(
                    "not a connection string: :// must follow the scheme, as in sqlite://./app.db or redis://localhost:6379");
        }
        return new ConnectionString(scheme, rest, split(matcher.group(4)), environment);
    }

    private static Map<String, String> split(@Nullable String query) {
        Map<String, String> options = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return options;
        }
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new InvalidConnectionStringException(
                        "each option of a connection string must read NAME=VALUE; write & inside a value as %26");
            }
            String name = PercentDecoder.decode(pair.substring(0, equals), "the name of an option");
            if (options.put(name, pair.substring(equals + 1)) != null) {
                throw new InvalidConnectionStringException(
                        query.contains("@") ? MAY_BE_PASSWORD : "the option '" + name + "' is given twice");
            }
        }
        return options;
    }

    /** In lower case. */
    public String scheme() {
        return scheme;
    }

    /**
     * This string with its options read.
     *
     * @param known all that it may have
     * @throws InvalidConnectionStringException if it has an option that is not known, or a value that does not fit
     */
    public ConnectionString withOptions(List<? extends Option<?>> known) {
        Map<String, Object> read = new LinkedHashMap<>();
        rawOptions.forEach((name, raw) -> read.put(name, read(find(name, known), raw)));
        ConnectionString copy = new ConnectionString(scheme, rest, rawOptions, environment);
        copy.options = read;
        return copy;
    }

    private Option<?> find(String name, List<? extends Option<?>> known) {
        List<String> names = known.stream().map(Option::name).sorted().toList();
        return known.stream()
                .filter(option -> option.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidConnectionStringException(
                        unknownOption(name, names) + "; valid options are " + String.join(", ", names)));
    }

    private String unknownOption(String name, List<String> names) {
        return mayHoldAPassword()
                ? MAY_BE_PASSWORD
                : "unknown option '" + name + "'" + Suggestion.didYouMean(name, names);
    }

    /** Whether the options may begin within a password: an {@code @} stands behind the first {@code ?}. */
    private boolean mayHoldAPassword() {
        return rawOptions.entrySet().stream()
                .anyMatch(option ->
                        option.getKey().contains("@") || option.getValue().contains("@"));
    }

    private Object read(Option<?> option, String raw) {
        String text = decode(raw, "the value of option '" + option.name() + "'");
        try {
            return option.parse(text);
        } catch (IllegalArgumentException e) {
            String shown = option.isSensitive() || mayHoldAPassword() ? "" : ", not '" + text + "'";
            throw new InvalidConnectionStringException(
                    "option '" + option.name() + "' (" + option.description() + ") must be " + option.form() + shown);
        }
    }

    /** The value of an option, if it was given. */
    @SuppressWarnings("unchecked")
    public <T> Optional<T> option(Option<T> option) {
        return Optional.ofNullable((T) options.get(option.name()));
    }

    /**
     * All between {@code ://} and {@code ?}, decoded: a path or a name; empty if there is nothing.
     *
     * @throws InvalidConnectionStringException if it is not well encoded or an environment variable is missing
     */
    public String place() {
        return decode(rest, "the place");
    }

    /**
     * The place as servers: {@code user:password@host:port,host:port/segment/...}.
     *
     * @throws InvalidConnectionStringException if it is not of this form
     */
    public Servers servers() {
        int slash = rest.indexOf('/');
        String authority = slash < 0 ? rest : rest.substring(0, slash);
        int at = authority.indexOf('@');
        if (at != authority.lastIndexOf('@')) {
            throw new InvalidConnectionStringException(
                    "the connection string holds more than one bare @; write it as %40 inside a user name or password");
        }
        Optional<String> user = Optional.empty();
        Optional<String> password = Optional.empty();
        if (at >= 0) {
            String credentials = authority.substring(0, at);
            int colon = credentials.indexOf(':');
            user = nonEmpty(decode(colon < 0 ? credentials : credentials.substring(0, colon), "the user name"));
            password =
                    colon < 0 ? Optional.empty() : nonEmpty(decode(credentials.substring(colon + 1), "the password"));
        }
        return new Servers(user, password, hosts(authority.substring(at + 1)), segments(slash));
    }

    private static Optional<String> nonEmpty(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private List<Host> hosts(String text) {
        if (text.isEmpty()) {
            throw new InvalidConnectionStringException(
                    "the connection string names no host: " + scheme + "://HOST was expected");
        }
        List<Host> hosts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = HOST_AND_PORT.matcher(decode(part, "the host"));
            if (!matcher.matches()) {
                throw new InvalidConnectionStringException(
                        "a host must read NAME, NAME:PORT or [IPV6]:PORT; percent-encode : and @ inside a password");
            }
            String name = matcher.group(1);
            String bare = name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
            hosts.add(new Host(bare, matcher.group(2) == null ? OptionalInt.empty() : port(matcher.group(2))));
        }
        return List.copyOf(hosts);
    }

    private static OptionalInt port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return OptionalInt.of(port);
            }
        } catch (NumberFormatException notANumber) {
            // The message must not repeat the text: it may be a part of a password that was not encoded.
        }
        throw new InvalidConnectionStringException(
                "a port must be a number from 1 to 65535; write / ? # @ : inside a password percent-encoded");
    }

    private List<String> segments(int slash) {
        List<String> segments = new ArrayList<>();
        if (slash >= 0 && slash < rest.length() - 1) {
            for (String segment : rest.substring(slash + 1).split("/", -1)) {
                segments.add(decode(segment, "the path"));
            }
        }
        return List.copyOf(segments);
    }

    private String decode(String raw, String what) {
        StringBuilder decoded = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(raw);
        int literal = 0;
        while (matcher.find()) {
            decoded.append(PercentDecoder.decode(raw.substring(literal, matcher.start()), what));
            decoded.append(variable(matcher.group(1)));
            literal = matcher.end();
        }
        return decoded.append(PercentDecoder.decode(raw.substring(literal), what))
                .toString();
    }

    private String variable(String nameAndBrace) {
        Matcher matcher = NAME_AND_BRACE.matcher(nameAndBrace);
        if (!matcher.matches()) {
            throw new InvalidConnectionStringException(
                    "a variable in a connection string must read ${NAME}, with the name of an environment variable");
        }
        String name = matcher.group(1);
        String value = environment.apply(name);
        if (value == null) {
            throw new InvalidConnectionStringException(
                    "the connection string asks for the environment variable " + name + ", which is not set");
        }
        return value;
    }

    /** The string without credentials and without the values of options. */
    @Override
    public String toString() {
        String place = rest.substring(rest.lastIndexOf('@') + 1);
        String names = rawOptions.isEmpty() ? "" : "?" + String.join("&", rawOptions.keySet());
        return scheme + "://" + place + names;
    }
}
