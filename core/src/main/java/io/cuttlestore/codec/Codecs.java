package io.cuttlestore.codec;

import io.cuttlestore.Codec;
import io.cuttlestore.TypeRef;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The codecs that are built in. They store plain text in UTF-8, or raw bytes, so that any other program can read the
 * values.
 */
public final class Codecs {
    private static final Map<Type, Codec<?>> BUILT_IN = Map.of(
            String.class, new StringCodec(),
            byte[].class, new BytesCodec(),
            Boolean.class, text("Boolean", Codecs::parseBoolean),
            Byte.class, text("Byte", Byte::valueOf),
            Short.class, text("Short", Short::valueOf),
            Integer.class, text("Integer", Integer::valueOf),
            Long.class, text("Long", Long::valueOf),
            Float.class, text("Float", Float::valueOf),
            Double.class, text("Double", Double::valueOf),
            Character.class, text("Character", Codecs::parseCharacter));

    private Codecs() {}

    /** Text in UTF-8. Lossless: unpaired surrogates take the three bytes that UTF-8 would give them. */
    public static Codec<String> string() {
        return builtIn(String.class);
    }

    /** Bytes as they are, copied on the way in and out. */
    public static Codec<byte[]> bytes() {
        return builtIn(byte[].class);
    }

    /** The built-in codec of a type: {@code String}, {@code byte[]}, a boxed primitive or an enum. */
    @SuppressWarnings("unchecked")
    public static <V> Optional<Codec<V>> builtIn(TypeRef<V> type) {
        Codec<?> codec = BUILT_IN.get(type.type());
        if (codec == null && type.type() instanceof Class<?> c && c.isEnum()) {
            codec = enumeration(c);
        }
        return Optional.ofNullable((Codec<V>) codec);
    }

    @SuppressWarnings("unchecked")
    private static <V> Codec<V> builtIn(Class<V> type) {
        return (Codec<V>) Objects.requireNonNull(BUILT_IN.get(type));
    }

    private static Codec<?> enumeration(Class<?> type) {
        Map<String, Object> constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(constant -> ((Enum<?>) constant).name(), Function.identity()));
        return new TextCodec<>(type.getSimpleName(), constant -> ((Enum<?>) constant).name(), name -> {
            Object constant = constants.get(name);
            if (constant == null) {
                throw new IllegalArgumentException("not a constant of " + type.getName());
            }
            return constant;
        });
    }

    private static <V> Codec<V> text(String name, Function<String, V> parser) {
        return new TextCodec<>(name, String::valueOf, parser);
    }

    private static Boolean parseBoolean(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    private static Character parseCharacter(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("not a single UTF-16 code unit");
        }
        return text.charAt(0);
    }
}
