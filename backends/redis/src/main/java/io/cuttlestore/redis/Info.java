package io.cuttlestore.redis;

import io.cuttlestore.spi.Deadline;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAccessControlException;

/** A section of the server's answer to {@code INFO}, line by line. Immutable. */
final class Info {
    private final Map<String, String> lines = new HashMap<>();

    private Info(String text) {
        for (String line : text.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                lines.put(line.substring(0, colon), line.substring(colon + 1));
            }
        }
    }

    /**
     * Asks for a section.
     *
     * @throws JedisAccessControlException if the user may not ask
     */
    static Info of(RedisConnection connection, String section, Deadline deadline) {
        Object text = connection.ask(new CommandArguments(Command.INFO).add(section), deadline);
        return new Info(new String((byte[]) text, StandardCharsets.UTF_8));
    }

    /** The value of a line, or an empty string. */
    String get(String name) {
        return lines.getOrDefault(name, "");
    }
}
