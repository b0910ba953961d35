package io.cuttlestore.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.cuttlestore.Codec;
import io.cuttlestore.TypeRef;
import io.cuttlestore.codec.CodecProvider;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Old and new versions of a program read each other's values")
class SchemaEvolutionTest {
    record Mission(String message) {}

    record MissionWithMore(
            String message, int priority, List<String> crew, Optional<String> code, Instant accepted, boolean urgent) {
        MissionWithMore {
            crew = crew == null ? List.of() : crew;
        }
    }

    record MissionInOtherOrder(boolean urgent, int priority, String message) {}

    record MissionInText(String message, String priority) {}

    record MissionInNumbers(int message) {}

    record MissionRenamed(@JsonAlias("message") String text) {}

    record Whole(int amount) {}

    record Widened(long amount) {}

    record Fraction(double amount) {}

    enum OldRank {
        AGENT
    }

    enum NewRank {
        AGENT,
        CHIEF
    }

    static Stream<CodecProvider> formats() {
        return Formats.all();
    }

    @DisplayName("adding a field to a type does not break old data (the Rust original's bincode did)")
    @ParameterizedTest
    @MethodSource("formats")
    void addedField(CodecProvider format) {
        byte[] old = format.codec(TypeRef.of(Mission.class)).encode(new Mission("accept it"));

        assertThat(format.codec(TypeRef.of(MissionWithMore.class)).decode(old))
                .isEqualTo(new MissionWithMore("accept it", 0, List.of(), Optional.empty(), null, false));
    }

    @DisplayName("an old program ignores fields that a newer one added")
    @ParameterizedTest
    @MethodSource("formats")
    void removedField(CodecProvider format) {
        MissionWithMore young =
                new MissionWithMore("accept it", 3, List.of("Ethan"), Optional.of("x"), Instant.EPOCH, true);
        byte[] bytes = format.codec(TypeRef.of(MissionWithMore.class)).encode(young);

        assertThat(format.codec(TypeRef.of(Mission.class)).decode(bytes)).isEqualTo(new Mission("accept it"));
    }

    @DisplayName("the order of fields does not matter")
    @ParameterizedTest
    @MethodSource("formats")
    void reorderedFields(CodecProvider format) {
        byte[] bytes = format.codec(TypeRef.of(MissionInOtherOrder.class))
                .encode(new MissionInOtherOrder(true, 3, "accept it"));

        assertThat(format.codec(TypeRef.of(MissionWithMore.class)).decode(bytes))
                .isEqualTo(new MissionWithMore("accept it", 3, List.of(), Optional.empty(), null, true));
    }

    @DisplayName("a number may become text")
    @ParameterizedTest
    @MethodSource("formats")
    void numberBecomesText(CodecProvider format) {
        byte[] bytes = format.codec(TypeRef.of(MissionInOtherOrder.class))
                .encode(new MissionInOtherOrder(true, 3, "accept it"));

        assertThat(format.codec(TypeRef.of(MissionInText.class)).decode(bytes))
                .isEqualTo(new MissionInText("accept it", "3"));
    }

    @DisplayName("a renamed field is found by its alias")
    @ParameterizedTest
    @MethodSource("formats")
    void renamedField(CodecProvider format) {
        byte[] old = format.codec(TypeRef.of(Mission.class)).encode(new Mission("accept it"));

        assertThat(format.codec(TypeRef.of(MissionRenamed.class)).decode(old))
                .isEqualTo(new MissionRenamed("accept it"));
    }

    @DisplayName("a number may become wider, but not narrower")
    @ParameterizedTest
    @MethodSource("formats")
    void widenedNumber(CodecProvider format) {
        byte[] whole = format.codec(TypeRef.of(Whole.class)).encode(new Whole(7));
        byte[] fraction = format.codec(TypeRef.of(Fraction.class)).encode(new Fraction(7.0));
        Codec<Whole> wholes = format.codec(TypeRef.of(Whole.class));

        assertThat(format.codec(TypeRef.of(Widened.class)).decode(whole)).isEqualTo(new Widened(7));
        assertThat(format.codec(TypeRef.of(Fraction.class)).decode(whole)).isEqualTo(new Fraction(7.0));
        assertThatThrownBy(() -> wholes.decode(fraction)).isInstanceOf(IllegalArgumentException.class);
    }

    @DisplayName("text does not silently become a number")
    @ParameterizedTest
    @MethodSource("formats")
    void textBecomesNumber(CodecProvider format) {
        byte[] bytes = format.codec(TypeRef.of(Mission.class)).encode(new Mission("7"));
        Codec<MissionInNumbers> numbers = format.codec(TypeRef.of(MissionInNumbers.class));

        assertThatThrownBy(() -> numbers.decode(bytes)).isInstanceOf(IllegalArgumentException.class);
    }

    @DisplayName("an enum constant that an old program does not know is refused, not guessed")
    @ParameterizedTest
    @MethodSource("formats")
    void unknownEnumConstant(CodecProvider format) {
        Codec<List<NewRank>> young = format.codec(new TypeRef<List<NewRank>>() {});
        Codec<List<OldRank>> old = format.codec(new TypeRef<List<OldRank>>() {});

        assertThat(old.decode(young.encode(List.of(NewRank.AGENT)))).containsExactly(OldRank.AGENT);
        assertThatThrownBy(() -> old.decode(young.encode(List.of(NewRank.CHIEF))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("OldRank");
    }
}
