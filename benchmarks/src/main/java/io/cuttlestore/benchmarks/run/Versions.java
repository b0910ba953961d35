package io.cuttlestore.benchmarks.run;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The versions of what is measured, asked of those who know. */
final class Versions {
    private static final Pattern JAR = Pattern.compile("(.+?)-(\\d[\\w.-]*)\\.jar");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)+");

    /** Libraries by the name of their jar. */
    private static final Map<String, String> LIBRARIES = Map.ofEntries(
            Map.entry("jmh-core", "JMH"),
            Map.entry("caffeine", "Caffeine"),
            Map.entry("sqlite-jdbc", "SQLite JDBC"),
            Map.entry("jedis", "Jedis"),
            Map.entry("lettuce-core", "Lettuce"),
            Map.entry("spring-data-redis", "Spring Data Redis"),
            Map.entry("redisson", "Redisson"),
            Map.entry("h2-mvstore", "H2 MVStore"),
            Map.entry("mapdb", "MapDB"),
            Map.entry("opendal", "OpenDAL"));

    private Versions() {}

    static Map<String, String> all(List<Jdk> jdks, String redisServer) {
        Map<String, String> versions = new LinkedHashMap<>();
        String commit = System.getProperty("cuttlestore.bench.commit", "");
        if (!commit.isEmpty()) {
            versions.put("Cuttlestore", commit);
        }
        jdks.forEach(jdk -> versions.put("JDK " + jdk.feature(), jdk.version()));
        sqlite().ifPresent(version -> versions.put("SQLite", version));
        program(redisServer).ifPresent(version -> versions.put("Redis", version));
        program("cargo").ifPresent(version -> versions.put("Rust", version));
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Matcher jar = JAR.matcher(String.valueOf(Path.of(path).getFileName()));
            if (jar.matches() && LIBRARIES.containsKey(jar.group(1))) {
                versions.putIfAbsent(LIBRARIES.get(jar.group(1)), jar.group(2));
            }
        }
        return versions;
    }

    private static Optional<String> sqlite() {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("SELECT sqlite_version()")) {
            return Optional.of(version.getString(1));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> program(String name) {
        try {
            Process process = new ProcessBuilder(name, "--version")
                    .redirectErrorStream(true)
                    .start();
            try (var out = process.inputReader()) {
                return out.lines()
                        .map(NUMBER::matcher)
                        .filter(Matcher::find)
                        .map(Matcher::group)
                        .findFirst();
            }
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
