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
    private static final Pattern WHOLE =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)(?::(//)?([^?]*))?(?:\\?(.*))?", Pattern.DOTALL);
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*}?)");
    private static final Pattern NAME_AND_BRACE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]*)}");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:@\\[\\]]+)(?::(.*))?");
    private static final Pattern NAME_OF_OPTION = Pattern.compile("[a-z][a-z0-9-]*");

    /** Hosts and a path that can't be part of a password, whatever its characters. */
    private static final Pattern PLAIN_PLACE = Pattern.compile(
            "(HOST(,HOST)*)?(/.*)?".replace("HOST", "([\\w.-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?"), Pattern.DOTALL);

    private final String scheme;
    private final String rest;
    private final List<RawOption> rawOptions;
    private final Function<String, @Nullable String> environment;
    private final Map<String, Object> options;

    private record RawOption(String name, String value) {
        boolean holdsAt() {
            return ConnectionString.holdsAt(name) || ConnectionString.holdsAt(value);
        }
    }

    private ConnectionString(
            String scheme,
            String rest,
            List<RawOption> rawOptions,
            Function<String, @Nullable String> environment,
            Map<String, Object> options) {
        this.scheme = scheme;
        this.rest = rest;
        this.rawOptions = rawOptions;
        this.environment = environment;
        this.options = options;
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
        return new ConnectionString(scheme, rest, split(matcher.group(4)), environment, Map.of());
    }

    private static List<RawOption> split(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return List.of();
        }
        List<RawOption> options = new ArrayList<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals <= 0) {
                throw new InvalidConnectionStringException("each option of a connection string must read NAME=VALUE;"
                        + " write & inside a value as %26, and ? inside a password as %3F");
            }
            String name = PercentDecoder.decode(pair.substring(0, equals), "the name of an option");
            options.add(new RawOption(name, pair.substring(equals + 1)));
        }
        return List.copyOf(options);
    }

    /** In lower case. */
    public String scheme() {
        return scheme;
    }

    /**
     * This string with its options read. An {@code @} in them, unless it is a secret's, shows that they may have begun within a
     * password; then no message repeats any of them.
     *
     * @param known all that it may have
     * @throws InvalidConnectionStringException if it has an option that is not known, or a value that does not fit
     */
    public ConnectionString withOptions(List<? extends Option<?>> known) {
        Map<String, Object> read = new LinkedHashMap<>();
        boolean mayBePassword = rawOptions.stream().anyMatch(raw -> raw.holdsAt() && !isSecret(find(raw.name, known)));
        for (RawOption raw : rawOptions) {
            Option<?> option = find(raw.name, known);
            if (option == null) {
                throw unknown(raw.name, read.size() + 1, mayBePassword, known);
            }
            mayBePassword |= isSecret(option);
            if (read.put(option.name(), read(option, raw.value, mayBePassword)) != null) {
                throw new InvalidConnectionStringException("the option '" + option.name() + "' is given twice");
            }
        }
        return new ConnectionString(scheme, rest, rawOptions, environment, read);
    }

    private static boolean isSecret(@Nullable Option<?> option) {
        return option != null && option.isSensitive();
    }

    private static boolean holdsAt(String text) {
        return text.contains("@") || text.contains("%40");
    }

    private static @Nullable Option<?> find(String name, List<? extends Option<?>> known) {
        for (Option<?> option : known) {
            if (option.name().equals(name)) {
                return option;
            }
        }
        return null;
    }

    private static InvalidConnectionStringException unknown(
            String name, int position, boolean mayBePassword, List<? extends Option<?>> known) {
        List<String> names = known.stream().map(Option::name).sorted().toList();
        String what = mayBePassword || !NAME_OF_OPTION.matcher(name).matches()
                ? "unknown option at position " + position
                        + ", or a bare ? or & in a password, to be written as %3F or %26"
                : "unknown option '" + name + "'" + Suggestion.didYouMean(name, names);
        return new InvalidConnectionStringException(what + "; valid options are " + String.join(", ", names));
    }

    private Object read(Option<?> option, String raw, boolean mayBePassword) {
        String text = decode(raw, "the value of option '" + option.name() + "'");
        try {
            return option.parse(text);
        } catch (IllegalArgumentException e) {
            String shown = mayBePassword ? "" : ", not '" + raw + "'";
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
        if (holdsAt(rest.substring(authority.length()))) {
            throw new InvalidConnectionStringException("the path of the connection string must not hold an @;"
                    + " write / inside a password as %2F, and a bare @ behind it");
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

    /**
     * The string without credentials, without the values of options, and without what may be part of a password that
     * was not encoded.
     */
    @Override
    public String toString() {
        String place = rest.substring(rest.indexOf('@') + 1);
        boolean plain = PLAIN_PLACE.matcher(place).matches()
                && !holdsAt(place)
                && rawOptions.stream().noneMatch(RawOption::holdsAt);
        String names = options.isEmpty() ? "" : "?" + String.join("&", options.keySet());
        return scheme + "://" + (plain ? place : "...") + names;
    }
}
