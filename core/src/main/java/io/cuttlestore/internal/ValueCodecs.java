package io.cuttlestore.internal;

import io.cuttlestore.Codec;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.TypeRef;
import io.cuttlestore.codec.CodecProvider;
import io.cuttlestore.codec.Codecs;
import io.cuttlestore.spi.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Finds the codec of a type: the built-in one, or that of the connection's format. */
final class ValueCodecs {
    static final String DEFAULT_FORMAT = "json";

    private final String format;
    private final Map<TypeRef<?>, Codec<?>> known = new ConcurrentHashMap<>();

    ValueCodecs(String format) {
        this.format = format;
    }

    /** The format, if there is a codec for it. */
    static String installedFormat(String format) {
        List<String> installed =
                Services.codecs().stream().map(CodecProvider::format).sorted().toList();
        if (!installed.contains(format)) {
            throw new InvalidConnectionStringException("option 'codec' must name an installed format, not '" + format
                    + "'" + Suggestion.didYouMean(format, installed) + "; "
                    + (installed.isEmpty()
                            ? "none is: add the artifact io.cuttlestore:cuttlestore-codec-jackson"
                            : "installed are " + String.join(", ", installed)));
        }
        return format;
    }

    @SuppressWarnings("unchecked")
    <V> Codec<V> of(TypeRef<V> type) {
        return (Codec<V>) known.computeIfAbsent(type, this::find);
    }

    private Codec<?> find(TypeRef<?> type) {
        Codec<?> builtIn = Codecs.builtIn(type).orElse(null);
        if (builtIn != null) {
            return builtIn;
        }
        return Services.codecs().stream()
                .filter(provider -> provider.format().equals(format))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("values of " + type + " need a codec for the format '"
                        + format + "'; add the artifact io.cuttlestore:cuttlestore-codec-jackson or give a codec"))
                .codec(type);
    }
}
