package io.cuttlestore.cli;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** JSON as the commands read and write it. */
final class Json {
    private static final String NOTHING = "";

    /** Lengths are bounded by whoever gives the input. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .rootValueSeparator(NOTHING)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private Json() {}

    /** Writes objects to a stream, which stays open: indented for people, or else without white space; none between them. */
    static JsonGenerator generator(OutputStream stream, boolean indented) {
        return FACTORY.createGenerator(indented ? new Indented() : ObjectWriteContext.empty(), stream);
    }

    static JsonParser parser(byte[] bytes) {
        return FACTORY.createParser(ObjectReadContext.empty(), bytes);
    }

    /** The same JSON, indented; nothing if the bytes are no JSON object or array. */
    static Optional<String> indent(byte[] bytes) {
        ByteArrayOutputStream indented = new ByteArrayOutputStream(2 * bytes.length);
        try (JsonParser parser = parser(bytes);
                JsonGenerator generator = generator(indented, true)) {
            parser.nextToken();
            generator.copyCurrentStructureExact(parser);
            if (parser.nextToken() != null) {
                return Optional.empty();
            }
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
        return Optional.of(indented.toString(StandardCharsets.UTF_8));
    }

    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public @Nullable PrettyPrinter getPrettyPrinter() {
            return new DefaultPrettyPrinter(Separators.createDefaultInstance().withRootSeparator(NOTHING));
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }
}
