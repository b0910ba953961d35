package io.cuttlestore.redis;

import java.nio.charset.StandardCharsets;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/**
 * The operations that Redis has no command for, each a script on a single key. A version is checked by length before the
 * bytes are digested. Called by digest; the whole text is sent only after the server said that it does not know it, which
 * proves that nothing was carried out.
 */
enum Script {
    /** Arguments: length and SHA-1 of the value to be replaced, new value, options of {@code SET}. */
    REPLACE("""
            if redis.call('STRLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return 0 end
            local seen = redis.call('GET', KEYS[1])
            if not seen or redis.sha1hex(seen) ~= ARGV[2] then return 0 end
            redis.call('SET', KEYS[1], ARGV[3], unpack(ARGV, 4))
            return 1
            """),
    /** Arguments: length and SHA-1 of the value to be deleted. Returns it. */
    DELETE("""
            if redis.call('STRLEN', KEYS[1]) ~= tonumber(ARGV[1]) then return false end
            local seen = redis.call('GET', KEYS[1])
            if not seen or redis.sha1hex(seen) ~= ARGV[2] then return false end
            redis.call('UNLINK', KEYS[1])
            return ARGV[3] == 'old' and seen or ''
            """),
    /** Arguments: the command that sets the deadline of strings, and that of any key; its argument, if it has one. */
    TOUCH("""
            local type = redis.call('TYPE', KEYS[1]).ok
            if type == 'none' then return 0 end
            if type ~= 'string' then return redis.error_reply('WRONGTYPE not a string') end
            redis.call(ARGV[1], KEYS[1], unpack(ARGV, 2))
            return 1
            """);

    private final String text;
    private final String digest;

    Script(String text) {
        this.text = text;
        this.digest = Sha1.hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Begins a call for a key, to which the arguments are to be added. */
    CommandArguments call(byte[] key, boolean withText) {
        return withText
                ? new CommandArguments(Command.EVAL).add(text).add(1).add(key)
                : new CommandArguments(Command.EVALSHA).add(digest).add(1).add(key);
    }
}
