package io.cuttlestore.reliability.fuzz;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.TypeRef;
import io.cuttlestore.UndecodableValueException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stored bytes of any kind decode into a value of the type that is asked for, or are refused. */
public final class ValuesTarget {
    private static final String KEY = "key";
    private static final CuttlestoreConnection JSON = CuttlestoreConnection.open("in-memory://values");
    private static final CuttlestoreConnection CBOR = CuttlestoreConnection.open("in-memory://values?codec=cbor");
    private static final Cuttlestore<byte[]> BYTES = JSON.store(byte[].class);
    private static final TypeRef<Map<String, List<Integer>>> LISTS = new TypeRef<>() {};
    private static final List<Cuttlestore<?>> VIEWS = List.of(
            JSON.store(String.class),
            JSON.store(Integer.class),
            JSON.store(Long.class),
            JSON.store(Boolean.class),
            JSON.store(Person.class),
            JSON.store(LISTS),
            JSON.store(Object.class),
            CBOR.store(Person.class),
            CBOR.store(LISTS),
            CBOR.store(Object.class));

    private ValuesTarget() {}

    /** What an application may store. */
    public record Person(String name, int age, List<Person> friends, Map<String, Double> marks) {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        BYTES.put(KEY, bytes);
        VIEWS.forEach(ValuesTarget::read);
    }

    private static Optional<?> read(Cuttlestore<?> view) {
        try {
            return view.get(KEY);
        } catch (UndecodableValueException refused) {
            return Optional.empty();
        }
    }
}
