package io.cuttlestore.redis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;

/** How often a server has been asked to do what, by its own count. */
final class CommandCounts {
    private final String statistics;

    private CommandCounts(String statistics) {
        this.statistics = statistics;
    }

    static CommandCounts of(RedisServer server) {
        try (Jedis admin = server.admin()) {
            return new CommandCounts(admin.info("commandstats"));
        }
    }

    static void reset(RedisServer server) {
        server.command("CONFIG", "RESETSTAT");
    }

    long calls(String command) {
        Matcher matcher = Pattern.compile("cmdstat_" + Pattern.quote(command) + ":calls=(\\d+)")
                .matcher(statistics);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
