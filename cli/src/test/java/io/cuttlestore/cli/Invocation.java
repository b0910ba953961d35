package io.cuttlestore.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A run of the command line in this process, with streams of its own. */
final class Invocation {
    private final Map<String, String> environment = new HashMap<>();
    private byte[] in = new byte[0];
    private boolean terminal;

    static Result cuttle(String... arguments) {
        return new Invocation().run(arguments);
    }

    static Invocation with(String variable, String value) {
        Invocation invocation = new Invocation();
        invocation.environment.put(variable, value);
        return invocation;
    }

    static Invocation reading(byte[] in) {
        Invocation invocation = new Invocation();
        invocation.in = in;
        return invocation;
    }

    static Invocation reading(String in) {
        return reading(in.getBytes(StandardCharsets.UTF_8));
    }

    static Invocation onTerminal() {
        return new Invocation().andOnTerminal();
    }

    Invocation andOnTerminal() {
        terminal = true;
        return this;
    }

    Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        Shell shell = new Shell(environment, new ByteArrayInputStream(in), out, errors, terminal, terminal);
        int exitCode = Cuttle.run(shell, arguments);
        return new Result(exitCode, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    /** What a run left behind. */
    record Result(int exitCode, byte[] bytes, String err) {
        String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
