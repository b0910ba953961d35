package io.cuttlestore.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.TypeRef;
import io.cuttlestore.examples.guide.ConditionalWrites.Seat;
import io.cuttlestore.examples.guide.ValuesAndCodecs.Mission;
import io.cuttlestore.examples.guide.ValuesAndCodecs.Point;
import io.cuttlestore.examples.guide.ValuesAndCodecs.PointCodec;
import io.cuttlestore.redis.RedisServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What the guide says is so")
class GuideTest {
    @TempDir
    private Path folder;

    static Stream<String> stores() {
        return Stream.of(
                "in-memory",
                "filesystem://FOLDER/files",
                "sqlite://FOLDER/app.db",
                "redis://" + RedisServers.standalone().address() + "?namespace=" + UUID.randomUUID());
    }

    private String inFolder(String connectionString) {
        return connectionString.replace("FOLDER", folder.toString());
    }

    private CuttlestoreConnection connect(String connectionString) {
        return CuttlestoreConnection.open(inFolder(connectionString));
    }

    @Test
    void choosingABackend() {
        assertThat(ChoosingABackend.openIfFit(inFolder("sqlite://FOLDER/app.db")))
                .isTrue();
        assertThat(ChoosingABackend.openIfFit("in-memory")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void valuesOfManyTypes(String store) {
        try (CuttlestoreConnection connection = connect(store)) {
            ValuesAndCodecs.storeManyTypes(connection);

            assertThat(connection.store("counters", String.class).get("1")).hasValue("7");
            assertThat(connection.store("missions", String.class).get("1"))
                    .hasValue("{\"message\":\"Your mission, ...\"}");
            assertThat(connection.store("plans", String.class).get("1"))
                    .hasValue("[{\"message\":\"Your mission, ...\"}]");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void oldAndNewVersionsOfATypeReadEachOther(String store) {
        try (CuttlestoreConnection connection = connect(store)) {
            Cuttlestore<Mission> old = connection.store("missions", Mission.class);
            Cuttlestore<ValuesAndCodecs.Newer.Mission> young =
                    connection.store("missions", ValuesAndCodecs.Newer.Mission.class);

            old.put("a", new Mission("accept it"));
            young.put("b", new ValuesAndCodecs.Newer.Mission("accept it", 1, List.of("Ethan")));

            assertThat(young.get("a")).hasValue(new ValuesAndCodecs.Newer.Mission("accept it", 0, List.of()));
            assertThat(old.get("b")).hasValue(new Mission("accept it"));
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void whatDoesNotDecodeIsStillThere(String store) {
        try (CuttlestoreConnection connection = connect(store)) {
            assertThat(ValuesAndCodecs.readWhatDoesNotDecode(connection)).isEqualTo("as stored: not JSON");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void codecsOfOnesOwn(String store) {
        try (CuttlestoreConnection connection = connect(store)) {
            ValuesAndCodecs.ownMapper(connection).put("1", new Mission("accept it"));
            assertThat(ValuesAndCodecs.ownMapper(connection).get("1")).hasValue(new Mission("accept it"));

            connection.store("points", new PointCodec()).put("1", new Point(3, -4));
            assertThat(connection.store("points", String.class).get("1")).hasValue("3,-4");
            assertThat(connection.store("points", new PointCodec()).get("1")).hasValue(new Point(3, -4));
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void timeToLive(String store) {
        try (Cuttlestore<String> entries = Cuttlestore.open(inFolder(store), String.class)) {
            Instant deadline = TimeToLive.expire(entries).orElseThrow();

            assertThat(deadline).isCloseTo(Instant.now().plus(Duration.ofMinutes(30)), within(1, ChronoUnit.MINUTES));
            assertThat(entries.entry("motto").orElseThrow().expiresAt()).isEmpty();
            assertThat(entries.entry("invitation").orElseThrow().expiresAt()).isEmpty();
        }
        try (Cuttlestore<String> sessions = TimeToLive.withDefault(inFolder(store))) {
            sessions.put("a", "alice");
            assertThat(sessions.entry("a").orElseThrow().expiresAt()).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void conditionalWrites(String store) {
        try (CuttlestoreConnection connection = connect(store)) {
            Cuttlestore<Seat> seats = connection.store("seats", Seat.class);
            assertThat(ConditionalWrites.reserve(seats)).isTrue();
            assertThat(ConditionalWrites.reserve(seats)).isFalse();
            assertThat(ConditionalWrites.rename(seats)).isTrue();
            assertThat(seats.entry("12A").orElseThrow().expiresAt()).isPresent();

            Cuttlestore<Long> counters = connection.store("counters", Long.class);
            assertThat(ConditionalWrites.count(counters)).isEqualTo(1);
            assertThat(ConditionalWrites.count(counters)).isEqualTo(2);

            assertThat(ConditionalWrites.load(connection.store("cache", String.class)))
                    .isEqualTo("<h1>/home</h1>");

            Cuttlestore<String> jobs = connection.store("jobs", String.class);
            jobs.put("next", "job 1");
            assertThat(ConditionalWrites.take(jobs)).hasValue("job 1");
            assertThat(ConditionalWrites.take(jobs)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void scanning(String store) {
        try (Cuttlestore<String> entries = Cuttlestore.open(inFolder(store), String.class)) {
            for (int i = 0; i < 120; i++) {
                entries.put("user/" + i, "u" + i);
            }
            entries.put("other", "x");

            assertThat(Scanning.isAnybodyThere(entries)).isTrue();
            assertThat(Scanning.totalLength(entries)).isEqualTo(10 * 2 + 90 * 3 + 20 * 4);
            assertThat(Set.copyOf(Scanning.allPages(entries))).hasSize(120);
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void namespaces(String store) {
        try (CuttlestoreConnection connection = connect(store)) {
            assertThat(Namespaces.storedKeys(connection)).containsExactly("sessions:7", "users:7");
            assertThat(connection.store("sessions", String.class).contains("7")).isFalse();
            assertThat(connection.store("users", String.class).get("7")).hasValue("alice");

            connection.store("a:b%", String.class).put("c:d", "x");
            assertThat(connection.store(String.class).get("a%3Ab%25:c:d")).hasValue("x");
        }
        try (CuttlestoreConnection tenant = Namespaces.forTenant("in-memory://tenants");
                CuttlestoreConnection all = CuttlestoreConnection.open("in-memory://tenants")) {
            assertThat(all.store(String.class).get("shop:tenant-42:users:7")).hasValue("alice");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void errors(String store) throws InterruptedException {
        try (Cuttlestore<String> entries = Cuttlestore.open(inFolder(store), String.class)) {
            assertThat(Errors.readPatiently(entries)).isEmpty();
            assertThat(Errors.placeOrder(entries, "1", "two coffees")).isTrue();
            assertThat(Errors.placeOrder(entries, "1", "three coffees")).isFalse();
            assertThat(Errors.putRest(entries, Map.of("a", "1", "b", "2"))).isEmpty();
        }
    }

    @Test
    void testing() {
        assertThat(Testing.sessionEnds()).isTrue();
    }

    @Test
    void listsNeedATypeRef() {
        try (Cuttlestore<List<String>> lists = Cuttlestore.open("in-memory", new TypeRef<List<String>>() {})) {
            lists.put("a", List.of("x"));
            assertThat(lists.get("a")).hasValue(List.of("x"));
        }
    }
}
