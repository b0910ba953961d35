package io.cuttlestore.examples.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Entry;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.ValueTooLargeException;
import io.cuttlestore.Version;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Notes over HTTP, in whatever store {@code CUTTLESTORE_URL} names.
 *
 * <p>A note's ETag is its {@link Version}. Who saves a note must say what it was like when they began to edit
 * ({@code If-Match}) or that it is new ({@code If-None-Match: *}), so nobody overwrites what they have not seen.
 */
public final class NotesServer implements AutoCloseable {
    private static final String NOTES = "/notes/";
    private static final int MAX_NOTE_BYTES = 64 * 1024;

    record Note(String text, Instant saved) {}

    /** What is sent back. */
    private record Reply(int status, String body, Optional<Version> version) {
        static Reply of(int status, String message) {
            return new Reply(status, message, Optional.empty());
        }
    }

    private final Cuttlestore<Note> notes;
    private final ExecutorService threads;
    private final HttpServer server;

    /** Serves on the loopback interface; port 0 takes a free one. */
    public NotesServer(String connectionString, int port) throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        this.notes = Cuttlestore.builder(connectionString).namespace("notes").open(Note.class);
        this.threads = Executors.newFixedThreadPool(16);
        server.setExecutor(threads);
        server.createContext("/", exchange -> answer(exchange));
        server.start();
    }

    /** Runs until it is ended. */
    public static void main(String[] args) throws IOException {
        String store = System.getenv().getOrDefault("CUTTLESTORE_URL", "in-memory");
        NotesServer server = new NotesServer(store, args.length > 0 ? Integer.parseInt(args[0]) : 8080);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        System.out.println("Notes at http://localhost:" + server.port() + NOTES + " in "
                + server.notes.connection().location());
    }

    /** The port that is listened on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, reply(exchange));
        }
    }

    private Reply reply(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!path.startsWith(NOTES)) {
            return Reply.of(404, "notes are at " + NOTES + "NAME");
        }
        String name = path.substring(NOTES.length());
        try {
            return switch (exchange.getRequestMethod()) {
                case "GET" -> name.isEmpty() ? list() : read(name);
                case "PUT" -> save(name, exchange);
                case "DELETE" -> delete(name, exchange.getRequestHeaders());
                default -> Reply.of(405, "GET, PUT and DELETE are understood");
            };
        } catch (ValueTooLargeException e) {
            return Reply.of(413, String.valueOf(e.getMessage()));
        } catch (IllegalArgumentException e) {
            return Reply.of(400, String.valueOf(e.getMessage()));
        } catch (CuttlestoreException e) {
            return Reply.of(e.isTransient() ? 503 : 500, String.valueOf(e.getMessage()));
        }
    }

    private Reply list() {
        try (Stream<String> names = notes.keys(ScanOptions.all())) {
            return Reply.of(200, names.limit(1_000).sorted().collect(Collectors.joining("\n")));
        }
    }

    private Reply read(String name) {
        Optional<Entry<Note>> note = notes.entry(name);
        return note.map(entry -> new Reply(200, entry.value().text(), Optional.of(entry.version())))
                .orElseGet(() -> Reply.of(404, "there is no such note"));
    }

    private Reply save(String name, HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_NOTE_BYTES + 1);
        if (body.length > MAX_NOTE_BYTES) {
            return Reply.of(413, "a note may have " + MAX_NOTE_BYTES + " bytes");
        }
        return save(name, new Note(new String(body, UTF_8), Instant.now()), exchange.getRequestHeaders());
    }

    // @start region="save"
    private Reply save(String name, Note note, Headers headers) {
        if ("*".equals(headers.getFirst("If-None-Match"))) {
            return notes.putIfAbsent(name, note) ? Reply.of(201, "") : Reply.of(412, "there is such a note already");
        }
        Optional<Version> seen = ifMatch(headers);
        if (seen.isEmpty()) {
            return Reply.of(428, "send If-Match with the note's ETag, or If-None-Match: * for a new note");
        }
        return notes.replace(name, seen.get(), note) ? Reply.of(204, "") : Reply.of(412, "the note has changed");
    }

    private static Optional<Version> ifMatch(Headers headers) {
        return Optional.ofNullable(headers.getFirst("If-Match")).map(tag -> Version.parse(tag.replace("\"", "")));
    }
    // @end

    private Reply delete(String name, Headers headers) {
        Optional<Version> seen = ifMatch(headers);
        if (seen.isEmpty()) {
            return Reply.of(428, "send If-Match with the note's ETag");
        }
        return notes.delete(name, seen.get()) ? Reply.of(204, "") : Reply.of(412, "the note has changed");
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(UTF_8);
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/plain; charset=utf-8");
        headers.set("X-Content-Type-Options", "nosniff");
        reply.version().ifPresent(version -> headers.set("ETag", '"' + version.toString() + '"'));
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
        notes.close();
    }
}
