package io.cuttlestore.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The web application keeps notes in whichever store it is given")
class NotesServerTest {
    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    private NotesServer start(String connectionString) throws IOException {
        return new NotesServer(connectionString.replace("FOLDER", folder.toString()), 0);
    }

    private HttpResponse<String> send(NotesServer server, String method, String name, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/notes/" + name))
                .method(method, BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String etag(HttpResponse<String> response) {
        return response.headers().firstValue("ETag").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-memory", "sqlite://FOLDER/notes.db"})
    void aNoteIsMadeReadChangedListedAndDeleted(String connectionString) throws Exception {
        try (NotesServer server = start(connectionString)) {
            assertThat(send(server, "GET", "milk", "").statusCode()).isEqualTo(404);
            assertThat(send(server, "PUT", "milk", "Buy milk", "If-None-Match", "*")
                            .statusCode())
                    .isEqualTo(201);

            HttpResponse<String> first = send(server, "GET", "milk", "");
            assertThat(first.body()).isEqualTo("Buy milk");
            assertThat(send(server, "PUT", "milk", "Buy oat milk ✓", "If-Match", etag(first))
                            .statusCode())
                    .isEqualTo(204);

            HttpResponse<String> second = send(server, "GET", "milk", "");
            assertThat(second.body()).isEqualTo("Buy oat milk ✓");
            assertThat(etag(second)).isNotEqualTo(etag(first));
            assertThat(send(server, "GET", "", "").body()).isEqualTo("milk");

            assertThat(send(server, "DELETE", "milk", "", "If-Match", etag(second))
                            .statusCode())
                    .isEqualTo(204);
            assertThat(send(server, "GET", "milk", "").statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-memory", "sqlite://FOLDER/notes.db"})
    void nobodyOverwritesWhatTheyHaveNotSeen(String connectionString) throws Exception {
        try (NotesServer server = start(connectionString)) {
            send(server, "PUT", "plan", "A", "If-None-Match", "*");
            String seenByBoth = etag(send(server, "GET", "plan", ""));

            assertThat(send(server, "PUT", "plan", "B", "If-Match", seenByBoth).statusCode())
                    .isEqualTo(204);
            assertThat(send(server, "PUT", "plan", "C", "If-Match", seenByBoth).statusCode())
                    .isEqualTo(412);
            assertThat(send(server, "DELETE", "plan", "", "If-Match", seenByBoth)
                            .statusCode())
                    .isEqualTo(412);
            assertThat(send(server, "PUT", "plan", "D", "If-None-Match", "*").statusCode())
                    .isEqualTo(412);
            assertThat(send(server, "PUT", "plan", "E").statusCode()).isEqualTo(428);
            assertThat(send(server, "GET", "plan", "").body()).isEqualTo("B");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-memory", "sqlite://FOLDER/notes.db"})
    void ofManyWritersOneWins(String connectionString) throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try (NotesServer server = start(connectionString)) {
            send(server, "PUT", "seat", "free", "If-None-Match", "*");
            String seen = etag(send(server, "GET", "seat", ""));

            Callable<Integer> write =
                    () -> send(server, "PUT", "seat", "taken", "If-Match", seen).statusCode();
            var statuses =
                    writers.invokeAll(IntStream.range(0, 8).mapToObj(i -> write).toList());

            int winners = 0;
            for (var status : statuses) {
                winners += status.get() == 204 ? 1 : 0;
            }
            assertThat(winners).isEqualTo(1);
        } finally {
            writers.shutdown();
        }
    }

    @Test
    void notesSurviveARestart() throws Exception {
        try (NotesServer server = start("sqlite://FOLDER/notes.db")) {
            send(server, "PUT", "milk", "Buy milk", "If-None-Match", "*");
        }
        try (NotesServer server = start("sqlite://FOLDER/notes.db")) {
            assertThat(send(server, "GET", "milk", "").body()).isEqualTo("Buy milk");
        }
    }

    @Test
    void badRequestsAreTold() throws Exception {
        try (NotesServer server = start("in-memory")) {
            assertThat(send(server, "PUT", "a".repeat(2_000), "x", "If-None-Match", "*")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(send(server, "PUT", "a", "x", "If-Match", "nonsense").statusCode())
                    .isEqualTo(400);
            assertThat(send(server, "PUT", "a", "x".repeat(64 * 1024 + 1), "If-None-Match", "*")
                            .statusCode())
                    .isEqualTo(413);
            assertThat(send(server, "POST", "a", "x").statusCode()).isEqualTo(405);
        }
    }
}
