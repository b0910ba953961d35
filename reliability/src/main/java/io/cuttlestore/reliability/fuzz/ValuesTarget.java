package io.cuttlestore.reliability.fuzz;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.TypeRef;
import io.cuttlestore.UndecodableValueException;
import java.util.List;
import java.util.Map;

/** Stored bytes of any kind decode into a value of the type that is asked for, or are refused. */
public final class ValuesTarget {
    private static final CuttlestoreConnection CONNECTION = CuttlestoreConnection.open("in-memory");
    private static final Cuttlestore<byte[]> BYTES = CONNECTION.store(byte[].class);
    private static final List<Cuttlestore<?>> VIEWS = List.of(
            CONNECTION.store(String.class),
            CONNECTION.store(Integer.class),
            CONNECTION.store(Long.class),
            CONNECTION.store(Boolean.class),
            CONNECTION.store(Person.class),
            CONNECTION.store(new TypeRef<Map<String, List<Integer>>>() {}),
            CONNECTION.store(Object.class));

    private ValuesTarget() {}

    /** What an application may store. */
    public record Person(String name, int age, List<Person> friends, Map<String, Double> marks) {}

    private static boolean read(Cuttlestore<?> view) {
        try {
            return view.get("key").isPresent();
        } catch (UndecodableValueException refused) {
            return false;
        }
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        BYTES.put("key", bytes);
        for (Cuttlestore<?> view : VIEWS) {
            read(view);
        }
    }
}
