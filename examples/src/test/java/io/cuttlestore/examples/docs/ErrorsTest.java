package io.cuttlestore.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.CuttlestoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The page of errors names every exception, and which are transient")
class ErrorsTest {
    private static final Path PAGE = SnippetsTest.ROOT.resolve("docs/guide/errors.md");
    private static final Path SOURCES = SnippetsTest.ROOT.resolve("core/src/main/java/io/cuttlestore");

    static List<Class<?>> exceptions() throws IOException {
        try (Stream<Path> sources = Files.list(SOURCES)) {
            return sources.map(source -> source.getFileName().toString())
                    .filter(name -> name.endsWith("Exception.java"))
                    .sorted()
                    .<Class<?>>map(name -> load("io.cuttlestore." + name.replace(".java", "")))
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void eachIsThere(Class<?> exception) throws Exception {
        String row = Files.readAllLines(PAGE).stream()
                .filter(line -> line.contains("`" + exception.getSimpleName() + "`"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the page does not name " + exception));

        if (exception.getSuperclass() == CuttlestoreException.class
                && !exception.getSimpleName().startsWith("Batch")) {
            CuttlestoreException example = (CuttlestoreException)
                    exception.getConstructor(String.class).newInstance("an example");
            assertThat(row).endsWith(example.isTransient() ? "| yes |" : "| no |");
        }
    }
}
