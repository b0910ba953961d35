package io.cuttlestore.examples.guide;

import io.cuttlestore.Codec;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.Entry;
import io.cuttlestore.TypeRef;
import io.cuttlestore.UndecodableValueException;
import io.cuttlestore.codec.jackson.JacksonCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

final class ValuesAndCodecs {
    private ValuesAndCodecs() {}

    // @start region="old"
    record Mission(String message) {}
    // @end

    static final class Newer {
        private Newer() {}

        // @start region="new"
        record Mission(String message, int priority, List<String> crew) {
            Mission {
                crew = crew == null ? List.of() : crew;
            }
        }
        // @end
    }

    static void storeManyTypes(CuttlestoreConnection connection) {
        // @start region="types"
        Cuttlestore<String> texts = connection.store("texts", String.class);
        Cuttlestore<Long> counters = connection.store("counters", Long.class);
        Cuttlestore<byte[]> pictures = connection.store("pictures", byte[].class);
        Cuttlestore<Mission> missions = connection.store("missions", Mission.class);
        Cuttlestore<List<Mission>> plans = connection.store("plans", new TypeRef<List<Mission>>() {});
        // @end
        texts.put("1", "Good morning");
        counters.put("1", 7L);
        pictures.put("1", new byte[] {1, 2, 3});
        missions.put("1", new Mission("Your mission, ..."));
        plans.put("1", List.of(new Mission("Your mission, ...")));
    }

    static String readWhatDoesNotDecode(CuttlestoreConnection connection) {
        connection.store("missions", String.class).put("broken", "not JSON");
        Cuttlestore<Mission> missions = connection.store("missions", Mission.class);
        // @start region="undecodable"
        Optional<Entry<Mission>> found = missions.entry("broken");
        String text = found.map(entry -> {
                    try {
                        return entry.value().message();
                    } catch (UndecodableValueException e) {
                        return "as stored: " + new String(entry.bytes(), StandardCharsets.UTF_8);
                    }
                })
                .orElse("nothing there");
        // @end
        return text;
    }

    static Cuttlestore<Mission> ownMapper(CuttlestoreConnection connection) {
        // @start region="mapper"
        JsonMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        Cuttlestore<Mission> missions = connection.store("missions", JacksonCodec.of(mapper, Mission.class));
        // @end
        return missions;
    }

    // @start region="codec"
    record Point(int x, int y) {}

    /** Stores a point as {@code x,y}. */
    static final class PointCodec implements Codec<Point> {
        @Override
        public byte[] encode(Point point) {
            return (point.x() + "," + point.y()).getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public Point decode(byte[] bytes) {
            String[] parts = new String(bytes, StandardCharsets.US_ASCII).split(",", -1);
            if (parts.length != 2) {
                throw new IllegalArgumentException("a point has two coordinates, not " + parts.length);
            }
            return new Point(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }

        @Override
        public boolean shareable() {
            return true;
        }
    }
    // @end
}
