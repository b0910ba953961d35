package io.cuttlestore.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.cuttlestore.Codec;
import io.cuttlestore.TypeRef;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Iterator;
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
import tools.jackson.databind.annotation.JsonSerialize;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("Shareable is what loses nothing as JSON and can never change")
class ShareableTest {
    enum Rank {
        AGENT,
        CHIEF
    }

    enum RenamedConstant {
        @JsonProperty("007")
        AGENT
    }

    enum AsValue {
        AGENT;

        @JsonValue
        int number() {
            return 7;
        }
    }

    interface Named {
        String name();
    }

    interface RenamedByInterface {
        @JsonProperty("n")
        String name();
    }

    @JacksonAnnotationsInside
    @JsonIgnore
    @Retention(RetentionPolicy.RUNTIME)
    @interface Private {}

    record Agent(String name, int age, Rank rank, Instant since) implements Named, Comparable<Agent> {
        @Override
        public int compareTo(Agent other) {
            return name.compareTo(other.name);
        }
    }

    record Mission(Agent chief, Boolean accepted, char code, ZonedDateTime at) {}

    record Box<T>(T content) {}

    record Pair<A, B>(A first, Box<B> second) {}

    record Chain(String link, Chain next) {}

    record WithList(List<String> crew) {}

    record WithArray(byte[] bytes) {}

    record WithDate(Date date) {}

    record WithOptional(Optional<String> alias) {}

    record WithInterface(Named named) {}

    record WithObject(Object anything) {}

    record WithDecimal(BigDecimal amount) {}

    record WithMutableInside(WithList list) {}

    record RenamedComponent(@JsonProperty("n") String name) {}

    record IgnoredAccessor(String name) {
        @Override
        @JsonIgnore
        public String name() {
            return name;
        }
    }

    record IgnoredByBundle(@Private String name) {}

    record CreatedByFactory(String name) {
        @JsonCreator
        static CreatedByFactory of(String name) {
            return new CreatedByFactory(name);
        }
    }

    @JsonSerialize(using = tools.jackson.databind.ser.std.ToStringSerializer.class)
    record Serialized(String name) {}

    record Inheriting(String name) implements RenamedByInterface {}

    record AsEntry(String getKey, String getValue) implements Map.Entry<String, String> {
        @Override
        public String setValue(String value) {
            throw new UnsupportedOperationException();
        }
    }

    record AsIterable(String one) implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of(one).iterator();
        }
    }

    static final class Bean {
        public String message = "";
    }

    static Stream<TypeRef<?>> shareable() {
        return Stream.of(
                TypeRef.of(String.class),
                TypeRef.of(Long.class),
                TypeRef.of(Character.class),
                TypeRef.of(Instant.class),
                TypeRef.of(ZonedDateTime.class),
                TypeRef.of(Rank.class),
                TypeRef.of(Agent.class),
                TypeRef.of(Mission.class),
                new TypeRef<Box<Agent>>() {},
                new TypeRef<Pair<String, Rank>>() {});
    }

    static Stream<TypeRef<?>> notShareable() {
        return Stream.of(
                TypeRef.of(byte[].class),
                TypeRef.of(String[].class),
                TypeRef.of(Object.class),
                TypeRef.of(Number.class),
                TypeRef.of(CharSequence.class),
                TypeRef.of(Date.class),
                TypeRef.of(BigDecimal.class),
                TypeRef.of(StringBuilder.class),
                TypeRef.of(AtomicInteger.class),
                TypeRef.of(Bean.class),
                TypeRef.of(Named.class),
                TypeRef.of(RenamedConstant.class),
                TypeRef.of(AsValue.class),
                TypeRef.of(Box.class),
                TypeRef.of(Chain.class),
                TypeRef.of(WithList.class),
                TypeRef.of(WithArray.class),
                TypeRef.of(WithDate.class),
                TypeRef.of(WithOptional.class),
                TypeRef.of(WithInterface.class),
                TypeRef.of(WithObject.class),
                TypeRef.of(WithDecimal.class),
                TypeRef.of(WithMutableInside.class),
                TypeRef.of(RenamedComponent.class),
                TypeRef.of(IgnoredAccessor.class),
                TypeRef.of(IgnoredByBundle.class),
                TypeRef.of(CreatedByFactory.class),
                TypeRef.of(Serialized.class),
                TypeRef.of(Inheriting.class),
                TypeRef.of(AsEntry.class),
                TypeRef.of(AsIterable.class),
                new TypeRef<List<String>>() {},
                new TypeRef<Set<Rank>>() {},
                new TypeRef<Map<String, String>>() {},
                new TypeRef<Optional<String>>() {},
                new TypeRef<Box<List<String>>>() {},
                new TypeRef<Box<int[]>>() {},
                new TypeRef<Box<? extends Named>>() {},
                new TypeRef<Pair<String, Date>>() {});
    }

    @ParameterizedTest
    @MethodSource("shareable")
    void immutableTypesAre(TypeRef<?> type) {
        assertThat(Formats.named("json").codec(type).shareable()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("notShareable")
    void everythingElseIsNot(TypeRef<?> type) {
        assertThat(Formats.named("json").codec(type).shareable()).isFalse();
    }

    static Stream<Arguments> values() {
        return Stream.of(
                arguments(Agent.class, new Agent("a\ud800", -1, Rank.CHIEF, Instant.MAX)),
                arguments(Agent.class, new Agent(null, 0, null, null)),
                arguments(
                        Mission.class,
                        new Mission(
                                null, null, '\udc00', ZonedDateTime.parse("2026-10-25T02:30+01:00[Europe/Berlin]"))));
    }

    @ParameterizedTest
    @MethodSource("values")
    <V> void theyLoseNothingAsJson(Class<V> type, V value) {
        Codec<V> codec = Formats.json(type);

        assertThat(codec.shareable()).isTrue();
        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }

    @Test
    void aMapperOfOnesOwnNeverIs() {
        assertThat(JacksonCodec.of(JsonMapper.shared(), String.class).shareable())
                .isFalse();
    }

    @Test
    void cborNeverIsSinceItRefusesSomeStrings() {
        assertThat(Formats.cbor(Agent.class).shareable()).isFalse();
    }

    @Test
    void codecsOfOneTypeAndFormatAreEqual() {
        assertThat(Formats.json(Agent.class))
                .isEqualTo(Formats.json(Agent.class))
                .hasSameHashCodeAs(Formats.json(Agent.class))
                .isNotEqualTo(Formats.json(Mission.class))
                .isNotEqualTo(Formats.cbor(Agent.class))
                .isNotEqualTo(JacksonCodec.of(JsonMapper.shared(), Agent.class));
    }
}
