package io.cuttlestore.reliability.fuzz;

import io.cuttlestore.IllegalKeyException;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Namespace;
import java.nio.charset.StandardCharsets;

/** Two keys of two namespaces have one stored form only if they are the same, and it can be read back. */
public final class KeysTarget {
    private KeysTarget() {}

    public static void fuzzerTestOneInput(byte[] bytes) {
        Input input = new Input(bytes);
        String firstNamespace = input.text();
        String firstName = input.text();
        String secondNamespace = input.text();
        String secondName = input.text();
        try {
            Namespace first = namespace(firstNamespace);
            Namespace second = namespace(secondNamespace);
            Key one = first.key(firstName);
            Key other = second.key(secondName);
            require(first.nameOf(one.stored()).equals(firstName), "is not read back");
            require(new String(one.utf8(), StandardCharsets.UTF_8).equals(one.stored()), "changes in UTF-8");
            boolean same = firstNamespace.equals(secondNamespace) && firstName.equals(secondName);
            boolean bothInNamespaces = !firstNamespace.isEmpty() && !secondNamespace.isEmpty();
            if (bothInNamespaces || firstNamespace.equals(secondNamespace)) {
                require(one.equals(other) == same, "is that of another");
            }
            require(!one.equals(other) || one.hashCode() == other.hashCode(), "has two hash codes");
        } catch (IllegalKeyException refused) {
            require(refused.getMessage() != null, "is refused without a reason");
        }
    }

    private static Namespace namespace(String name) {
        return name.isEmpty() ? Namespace.ROOT : Namespace.ROOT.child(name);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError("the stored form of a key " + otherwise);
        }
    }
}
