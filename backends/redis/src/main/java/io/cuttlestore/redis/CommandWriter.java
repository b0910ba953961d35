package io.cuttlestore.redis;

import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Protocol.Keyword;
import redis.clients.jedis.args.Rawable;

/**
 * Writes commands of Cuttlestore as commands of Redis. An entry is read in a transaction, so that value and deadline
 * belong together. {@link ReplyReader} reads what comes back.
 */
final class CommandWriter {
    /** Longer times would overflow the server's clock; they mean never, as everywhere. */
    private static final long LONGEST_MILLIS = Long.MAX_VALUE / 2;

    private CommandWriter() {}

    /**
     * Adds what is to be sent for a command.
     *
     * @param absoluteDeadlines whether the server has {@code PEXPIRETIME}, as from 7.0 on
     * @param scriptTexts whether scripts are sent whole, for a server that does not know them yet
     */
    static void write(
            Command<?> command,
            byte[] key,
            boolean absoluteDeadlines,
            boolean scriptTexts,
            List<CommandArguments> lines) {
        if (command instanceof Get get) {
            writeGet(get, key, absoluteDeadlines, lines);
        } else if (command instanceof Put put) {
            lines.add(put(put, key, scriptTexts));
        } else if (command instanceof Delete delete) {
            writeDelete(delete, key, absoluteDeadlines, scriptTexts, lines);
        } else {
            lines.add(touch((Touch) command, key, scriptTexts));
        }
    }

    /** Adds the key, and what a put writes under it, to what is asked for many keys at once. */
    static void add(Command<?> command, byte[] key, CommandArguments line) {
        line.add(argument(key));
        if (command instanceof Put put) {
            line.add(argument(put.payload().bytes()));
        }
    }

    private static void writeGet(Get get, byte[] key, boolean absoluteDeadlines, List<CommandArguments> lines) {
        switch (get.want()) {
            case EXISTENCE -> lines.add(line(Protocol.Command.TYPE, key));
            case VALUE -> lines.add(line(Protocol.Command.GET, key));
            case ENTRY -> writeWithDeadline(line(Protocol.Command.GET, key), key, absoluteDeadlines, lines);
        }
    }

    private static CommandArguments put(Put put, byte[] key, boolean scriptTexts) {
        Rawable value = argument(put.payload().bytes());
        if (put.condition() instanceof Condition.IfVersion seen) {
            return addSetOptions(
                    version(Script.REPLACE.call(key, scriptTexts), seen).add(value), put.expiry());
        }
        CommandArguments set = addSetOptions(line(Protocol.Command.SET, key).add(value), put.expiry());
        return put.condition() == Condition.IF_ABSENT ? set.add(Keyword.NX) : set;
    }

    private static void writeDelete(
            Delete delete, byte[] key, boolean absoluteDeadlines, boolean scriptTexts, List<CommandArguments> lines) {
        if (delete.condition() instanceof Condition.IfVersion seen) {
            CommandArguments call = version(Script.DELETE.call(key, scriptTexts), seen);
            if (delete.wantsOld()) {
                writeWithDeadline(call.add("old"), key, absoluteDeadlines, lines);
            } else {
                lines.add(call.add(""));
            }
        } else if (delete.wantsOld()) {
            writeWithDeadline(line(Protocol.Command.GETDEL, key), key, absoluteDeadlines, lines);
        } else {
            lines.add(line(Protocol.Command.UNLINK, key));
        }
    }

    private static CommandArguments touch(Touch touch, byte[] key, boolean scriptTexts) {
        CommandArguments call = Script.TOUCH.call(key, scriptTexts);
        if (touch.expiry() instanceof Expiry.After after && after.millis() <= LONGEST_MILLIS) {
            return call.add("PEXPIRE").add(after.millis());
        }
        if (touch.expiry() instanceof Expiry.At at && at.epochMillis() != Stored.NEVER) {
            return call.add("PEXPIREAT").add(Math.max(1, at.epochMillis()));
        }
        return call.add("PERSIST");
    }

    private static void writeWithDeadline(
            CommandArguments line, byte[] key, boolean absoluteDeadlines, List<CommandArguments> lines) {
        lines.add(new CommandArguments(Protocol.Command.MULTI));
        if (absoluteDeadlines) {
            lines.add(line(Protocol.Command.PEXPIRETIME, key));
        } else {
            lines.add(new CommandArguments(Protocol.Command.TIME));
            lines.add(line(Protocol.Command.PTTL, key));
        }
        lines.add(line);
        lines.add(new CommandArguments(Protocol.Command.EXEC));
    }

    private static CommandArguments addSetOptions(CommandArguments line, Expiry expiry) {
        if (expiry == Expiry.KEEP) {
            return line.add(Keyword.KEEPTTL);
        }
        if (expiry instanceof Expiry.After after && after.millis() <= LONGEST_MILLIS) {
            return line.add(Keyword.PX).add(after.millis());
        }
        if (expiry instanceof Expiry.At at && at.epochMillis() != Stored.NEVER) {
            return line.add(Keyword.PXAT).add(Math.max(1, at.epochMillis()));
        }
        return line;
    }

    /** Adds what the value must be; a token that is no version of Redis fits no value. */
    private static CommandArguments version(CommandArguments call, Condition.IfVersion seen) {
        int dash = seen.token().indexOf('-');
        return dash > 0
                ? call.add(seen.token().substring(0, dash)).add(seen.token().substring(dash + 1))
                : call.add("-1").add("");
    }

    /** These bytes as an argument: Jedis' own would copy them. */
    private static Rawable argument(byte[] bytes) {
        return () -> bytes;
    }

    private static CommandArguments line(Protocol.Command command, byte[] key) {
        return new CommandArguments(command).add(argument(key));
    }
}
