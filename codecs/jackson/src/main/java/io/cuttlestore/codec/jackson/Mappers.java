package io.cuttlestore.codec.jackson;

import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/** The mappers behind the two formats. What a setting decides is part of the stored format: see docs/formats.md. */
final class Mappers {
    /**
     * Jackson's own limits of nesting and of digits, against hostile bytes. Names and strings may be of any length: they
     * are no longer than the value, which is in memory already.
     */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNameLength(Integer.MAX_VALUE)
            .maxStringLength(Integer.MAX_VALUE)
            .build();

    static final ObjectMapper JSON = configured(JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(LIMITS)
            .addDecorator(ReadableNumbers.DECORATOR)
            .build()));

    static final ObjectMapper CBOR = configured(CBORMapper.builder(new LimitedCborFactory(
            CBORFactory.builder().streamReadConstraints(LIMITS).addDecorator(ReadableNumbers.DECORATOR))));

    private Mappers() {}

    private static ObjectMapper configured(MapperBuilder<?, ?> builder) {
        return builder.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
                .enable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                .disable(EnumFeature.READ_ENUMS_USING_TO_STRING, EnumFeature.WRITE_ENUMS_USING_TO_STRING)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(
                        DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                        DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID,
                        DateTimeFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE)
                .build();
    }
}
