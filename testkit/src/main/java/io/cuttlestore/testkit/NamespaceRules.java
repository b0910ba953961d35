package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.IllegalKeyException;
import io.cuttlestore.ScanOptions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class NamespaceRules extends Rules {
    private static final List<String> PARTS = List.of(
            "a", "b", "A", ":", "a:", ":a", "a:b", "b:c", "%", "%3A", "a%3A", "a%3Ab", "%25", "a%", "/", "*", "\u00e9",
            " ");

    NamespaceRules(CuttlestoreKit kit) {
        super(kit);
    }

    private Cuttlestore<String> space(String name) {
        return connection().store(name, String.class);
    }

    private static List<String> keys(Cuttlestore<String> store) {
        try (Stream<String> keys = store.keys(ScanOptions.all())) {
            return keys.distinct().toList();
        }
    }

    @Test
    @DisplayName("no choice of names and keys makes two entries collide: ('a', 'b:c') and ('a:b', 'c') are two")
    void namespacesAreInjective() {
        Map<List<String>, String> expected = new HashMap<>();
        for (String name : PARTS) {
            for (String key : PARTS) {
                String value = expected.size() + "";
                space(name).put(key, value);
                expected.put(List.of(name, key), value);
            }
        }
        expected.forEach((path, value) ->
                assertThat(space(path.get(0)).get(path.get(1))).as("%s", path).hasValue(value));
    }

    @Test
    @DisplayName("stores of one name share their entries, those of different names don't")
    void namesDecide() {
        space("a").put("k", "v");
        assertThat(space("a").get("k")).hasValue("v");
        assertThat(space("A").get("k")).isEmpty();
        assertThat(space("b").contains("k")).isFalse();
        assertThat(store().contains("k")).isFalse();
    }

    @Test
    @DisplayName("the root view sees every entry under its stored key: escaped namespace, colon, key")
    void rootView() {
        space("a").put("k", "1");
        space("a:b%").put("k:l", "2");
        store().put("plain", "3");
        assertThat(store().get("a:k")).hasValue("1");
        assertThat(store().get("a%3Ab%25:k:l")).hasValue("2");
        store().put("a:written at the root", "4");
        assertThat(space("a").get("written at the root")).hasValue("4");
    }

    @Test
    @Needs(Capability.SCAN)
    @DisplayName("a scan shows the keys of its namespace, as they were written, and the root view all stored keys")
    void scansStayInside() {
        for (String name : List.of("a", "ab", "a:", "a:b", "%", "A", "*")) {
            space(name).put("in " + name, "v");
        }
        store().put("a", "not in a namespace");
        for (String name : List.of("a", "ab", "a:", "a:b", "%", "A", "*")) {
            assertThat(keys(space(name))).containsExactly("in " + name);
        }
        assertThat(keys(store()))
                .containsExactlyInAnyOrder(
                        "a:in a", "ab:in ab", "a%3A:in a:", "a%3Ab:in a:b", "%25:in %", "A:in A", "*:in *", "a");
        assertThat(keys(space("nobody"))).isEmpty();
    }

    @Test
    @Needs(Capability.SCAN)
    @DisplayName("prefixes and pages work within a namespace")
    void prefixesWithin() {
        for (int i = 0; i < 50; i++) {
            space("a").put((i % 2 == 0 ? "even" : "odd") + i, "v");
            space("b").put("even" + i, "v");
        }
        try (Stream<String> even = space("a").keys(ScanOptions.prefix("even").pageSize(4))) {
            assertThat(even.distinct()).hasSize(25).allMatch(key -> key.startsWith("even"));
        }
        assertThat(ScanRules.allPages(space("a"), ScanOptions.all().pageSize(4)).stream()
                        .distinct())
                .hasSize(50);
    }

    @Test
    @Needs(Capability.SCAN)
    @DisplayName("clear removes what is in this namespace and nothing else")
    void clear() {
        for (String name : List.of("a", "ab", "a:", "A")) {
            for (int i = 0; i < 20; i++) {
                space(name).put("k" + i, "v");
            }
        }
        store().put("a", "v");
        store().put("plain", "v");
        space("a").clear();
        assertThat(keys(space("a"))).isEmpty();
        assertThat(space("a").contains("k1")).isFalse();
        for (String name : List.of("ab", "a:", "A")) {
            assertThat(keys(space(name))).as("namespace '%s'", name).hasSize(20);
        }
        assertThat(store().contains("a")).isTrue();
        assertThat(store().contains("plain")).isTrue();
        space("a").put("k", "after");
        assertThat(space("a").get("k")).hasValue("after");
        space("nobody").clear();
    }

    @Test
    @Needs(Capability.SCAN)
    @DisplayName("clear removes thousands of entries")
    void clearMany() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            many.put("k" + i, "v");
        }
        space("a").putAll(many);
        space("b").put("k", "v");
        space("a").clear();
        assertThat(keys(space("a"))).isEmpty();
        assertThat(keys(space("b"))).containsExactly("k");
    }

    @Test
    @DisplayName("clear of the root view is refused, and nothing is lost")
    void clearOfTheRoot() {
        store().put("k", "v");
        assertThatThrownBy(() -> store().clear()).isInstanceOf(IllegalStateException.class);
        assertThat(store().get("k")).hasValue("v");
    }

    @Test
    @Needs(Capability.SCAN)
    @DisplayName("eraseAll removes everything in every namespace")
    void eraseAll() {
        store().put("plain", "v");
        space("a").put("k", "v");
        space("b:c").put("k", "v");
        connection().eraseAll();
        assertThat(keys(store())).isEmpty();
        assertThat(space("a").contains("k")).isFalse();
        store().put("plain", "again");
        assertThat(store().get("plain")).hasValue("again");
    }

    @Test
    @DisplayName("a namespace set on the builder lies around every view, and may be nested")
    void builderNamespaces() {
        CuttlestoreConnection within =
                closing(builder(url()).namespace("app").namespace("x:y").connect());
        within.store(String.class).put("k", "base");
        within.store("sub", String.class).put("k", "sub");
        Cuttlestore<String> root = within.store(String.class);
        assertThat(root.get("k")).hasValue("base");
        assertThat(root.get("sub:k")).hasValue("sub");
        assertThat(root.entry("k").orElseThrow().key()).isEqualTo("k");
        if (has(Capability.SHARED)) {
            assertThat(store().get("app:x%3Ay:k")).hasValue("base");
            assertThat(store().get("app:x%3Ay:sub:k")).hasValue("sub");
        }
    }

    @Test
    @Needs(Capability.SCAN)
    @DisplayName("eraseAll of a connection with a base namespace leaves what is outside")
    void eraseAllWithin() {
        CuttlestoreConnection within = closing(builder(url()).namespace("app").connect());
        within.store(String.class).put("k", "v");
        within.store("sub", String.class).put("k", "v");
        assertThat(keys(within.store(String.class))).containsExactlyInAnyOrder("k", "sub:k");
        if (has(Capability.SHARED)) {
            store().put("outside", "v");
            store().put("apple", "v");
        }
        within.eraseAll();
        assertThat(keys(within.store(String.class))).isEmpty();
        if (has(Capability.SHARED)) {
            assertThat(keys(store())).containsExactlyInAnyOrder("outside", "apple");
        }
    }

    @Test
    @DisplayName("a namespace must have a name, and room for keys")
    void illegalNames() {
        assertThatThrownBy(() -> space("")).isInstanceOf(IllegalKeyException.class);
        assertThatThrownBy(() -> space("n".repeat(1024))).isInstanceOf(IllegalKeyException.class);
        assertThatThrownBy(() -> space("\ud800")).isInstanceOf(IllegalKeyException.class);
        Cuttlestore<String> longest = space("n".repeat(1022));
        longest.put("k", "v");
        assertThat(longest.get("k")).hasValue("v");
    }
}
