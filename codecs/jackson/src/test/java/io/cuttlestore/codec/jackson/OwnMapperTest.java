package io.cuttlestore.codec.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Codec;
import io.cuttlestore.TypeRef;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("An application may bring its own mapper")
class OwnMapperTest {
    record Mission(String firstMessage) {}

    private final JsonMapper mapper = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    @Test
    void whichDecidesTheFormat() {
        Codec<List<Mission>> codec = JacksonCodec.of(mapper, new TypeRef<List<Mission>>() {});
        List<Mission> missions = List.of(new Mission("accept it"));

        assertThat(new String(codec.encode(missions), UTF_8)).isEqualTo("[{\"first_message\":\"accept it\"}]");
        assertThat(codec.decode(codec.encode(missions))).isEqualTo(missions);
    }

    @Test
    void butNotThatBytesAreLeftOver() {
        Codec<Mission> codec = JacksonCodec.of(mapper, Mission.class);

        assertThatThrownBy(() -> codec.decode("{} {}".getBytes(UTF_8))).isInstanceOf(IllegalArgumentException.class);
    }
}
