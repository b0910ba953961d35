package io.cuttlestore.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.TypeRef;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("In memory nothing that can change is reached from two values")
class NoAliasTest {
    static final class Bean {
        public String name = "";
        public List<String> tags = new ArrayList<>();
    }

    record Immutable(String name, Instant since, int number) {}

    record WithArray(String name, byte[] bytes) {}

    record WithList(List<String> names) {}

    record WithDate(Date date) {}

    record WithBean(Immutable immutable, Bean bean) {}

    record Box<T>(T content) {}

    static Stream<Arguments> values() {
        Bean bean = new Bean();
        bean.tags.add("tag");
        return Stream.of(
                arguments(TypeRef.of(byte[].class), new byte[] {1}),
                arguments(TypeRef.of(int[].class), new int[] {1}),
                arguments(TypeRef.of(String[].class), new String[] {"a"}),
                arguments(TypeRef.of(Date.class), new Date(1)),
                arguments(TypeRef.of(AtomicInteger.class), new AtomicInteger(1)),
                arguments(TypeRef.of(Bean.class), bean),
                arguments(TypeRef.of(WithArray.class), new WithArray("a", new byte[] {1})),
                arguments(TypeRef.of(WithList.class), new WithList(new ArrayList<>(List.of("a")))),
                arguments(TypeRef.of(WithDate.class), new WithDate(new Date(1))),
                arguments(TypeRef.of(WithBean.class), new WithBean(new Immutable("a", Instant.EPOCH, 1), bean)),
                arguments(new TypeRef<List<String>>() {}, new ArrayList<>(List.of("a"))),
                arguments(new TypeRef<Map<String, Integer>>() {}, new HashMap<>(Map.of("a", 1))),
                arguments(new TypeRef<Box<int[]>>() {}, new Box<>(new int[] {1})),
                arguments(new TypeRef<Box<Bean>>() {}, new Box<>(bean)),
                arguments(new TypeRef<Optional<Bean>>() {}, Optional.of(bean)));
    }

    @ParameterizedTest
    @MethodSource("values")
    <V> void whateverIsCalled(TypeRef<V> type, V value) {
        try (Cuttlestore<V> store = Cuttlestore.open("in-memory", type)) {
            List<V> seen = new ArrayList<>(List.of(value));
            store.put("k", value);
            seen.add(store.get("k").orElseThrow());
            seen.add(store.get("k").orElseThrow());
            Entry<V> entry = store.entry("k").orElseThrow();
            seen.add(entry.value());
            seen.add(store.getAll(List.of("k")).get("k"));
            try (Stream<Entry<V>> scan = store.scan()) {
                scan.forEach(each -> seen.add(each.value()));
            }
            seen.add(store.page(ScanOptions.all()).entries().get(0).value());
            seen.add(store.async().get("k").join().orElseThrow());
            seen.add(store.computeIfAbsent("k", key -> value));
            seen.add(store.computeIfAbsent("loaded", key -> value));
            seen.add(store.get("loaded").orElseThrow());
            store.update("k", current -> {
                seen.add(current.orElseThrow());
                return current;
            });
            seen.add(store.get("k").orElseThrow());
            seen.add(store.getAndDelete("k").orElseThrow());

            assertNothingIsShared(seen);
        }
    }

    private static void assertNothingIsShared(List<?> values) {
        Set<Object> before = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object value : values) {
            Set<Object> mutable = mutableIn(value);
            assertThat(mutable).as("what can change in %s", value).isNotEmpty();
            assertThat(mutable)
                    .as("what can change in %s", value)
                    .allSatisfy(each -> assertThat(before.contains(each)).isFalse());
            before.addAll(mutable);
        }
    }

    /** Everything that can change, at any depth, by identity. */
    private static Set<Object> mutableIn(Object value) {
        Set<Object> mutable = Collections.newSetFromMap(new IdentityHashMap<>());
        visit(value, mutable);
        return mutable;
    }

    private static void visit(Object value, Set<Object> mutable) {
        if (value.getClass().isArray()) {
            mutable.add(value);
            for (int i = 0; i < Array.getLength(value); i++) {
                visit(Array.get(value, i), mutable);
            }
        } else if (value instanceof Collection<?> collection) {
            mutable.add(value);
            collection.forEach(each -> visit(each, mutable));
        } else if (value instanceof Map<?, ?> map) {
            mutable.add(value);
            map.values().forEach(each -> visit(each, mutable));
        } else if (value instanceof Optional<?> optional) {
            optional.ifPresent(each -> visit(each, mutable));
        } else if (value instanceof Date || value instanceof AtomicInteger) {
            mutable.add(value);
        } else if (value.getClass().getEnclosingClass() == NoAliasTest.class) {
            visitFields(value, mutable);
        }
    }

    private static void visitFields(Object value, Set<Object> mutable) {
        for (Field field : value.getClass().getDeclaredFields()) {
            if (!Modifier.isFinal(field.getModifiers())) {
                mutable.add(value);
            }
            try {
                visit(field.get(value), mutable);
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    @DisplayName("while a value that can't change is handed out as it is")
    void immutableValuesAreShared() {
        Immutable value = new Immutable("a", Instant.EPOCH, 1);
        try (Cuttlestore<Immutable> store = Cuttlestore.open("in-memory", Immutable.class)) {
            store.put("k", value);

            assertThat(store.get("k")).get().isSameAs(value);
        }
    }
}
