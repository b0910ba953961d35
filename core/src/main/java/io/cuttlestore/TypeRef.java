package io.cuttlestore;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A type with its parameters, for values such as {@code List<Mission>}: {@code new TypeRef<List<Mission>>() {}}.
 *
 * @param <V> the type
 */
public abstract class TypeRef<V> {
    private final Type type;

    /** Captures {@code V} of the subclass. */
    protected TypeRef() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType parameterized)) {
            throw new IllegalArgumentException("write new TypeRef<SomeType>() {} with the type in it");
        }
        this.type = parameterized.getActualTypeArguments()[0];
    }

    private TypeRef(Type type) {
        this.type = type;
    }

    /** The reference of a class without parameters. */
    public static <V> TypeRef<V> of(Class<V> type) {
        return new TypeRef<>(type) {};
    }

    public final Type type() {
        return type;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof TypeRef<?> that && type.equals(that.type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }
}
