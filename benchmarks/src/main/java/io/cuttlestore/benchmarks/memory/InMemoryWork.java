package io.cuttlestore.benchmarks.memory;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.benchmarks.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What is kept in memory: values of one of three immutable types, at the root of the store or in a namespace. */
@State(Scope.Benchmark)
public class InMemoryWork {
    private static final int ROUNDS = 16;

    /** The simple name of the values' class. */
    @Param({"String", "Integer", "Agent"})
    @SuppressWarnings("NullAway.Init")
    public String type;

    /** The namespace of our own view, or {@code root}. */
    @Param({"root", "agents"})
    @SuppressWarnings("NullAway.Init")
    public String namespace;

    private final List<Object[]> values = new ArrayList<>();

    /** A record of immutable types. */
    public record Agent(String name, int missions, String message) {}

    @Setup
    public void make() {
        for (int round = 0; round < ROUNDS; round++) {
            Object[] row = new Object[Workload.KEYS];
            for (int i = 0; i < row.length; i++) {
                row[i] = make(i, round);
            }
            values.add(row);
        }
    }

    private Object make(int i, int round) {
        String text = Workload.value(i, round);
        return switch (type) {
            case "String" -> text;
            case "Integer" -> i * ROUNDS + round;
            case "Agent" -> new Agent(Workload.key(i), round, text);
            default -> throw new IllegalArgumentException(type);
        };
    }

    /** The value of a key at its {@code round}th writing. */
    Object value(int i, int round) {
        return values.get(round & (ROUNDS - 1))[i];
    }

    void load(BiConsumer<String, Object> put) {
        for (int i = 0; i < Workload.KEYS; i++) {
            put.accept(Workload.key(i), value(i, 0));
        }
    }

    /** A new store of our own that holds the values. */
    @SuppressWarnings("unchecked")
    Cuttlestore<Object> openStore() {
        var builder = Cuttlestore.builder("in-memory");
        if (!namespace.equals("root")) {
            builder.namespace(namespace);
        }
        Cuttlestore<?> opened = switch (type) {
            case "String" -> builder.open(String.class);
            case "Integer" -> builder.open(Integer.class);
            default -> builder.open(Agent.class);
        };
        Cuttlestore<Object> store = (Cuttlestore<Object>) opened;
        load(store::put);
        return store;
    }
}
