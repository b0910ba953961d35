package io.cuttlestore.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The threat model")
class SecurityPageTest {
    private static final Path PAGE = SnippetsTest.ROOT.resolve("SECURITY.md");
    private static final Pattern TEST = Pattern.compile("\\[`?(\\w+)\\.(\\w+)`?]\\(([^)]+\\.java)\\)");
    private static final int COLUMNS = 5;

    @Test
    @DisplayName("names tests that are there")
    void everyTestIsThere() throws IOException {
        List<MatchResult> tests = TEST.matcher(Files.readString(PAGE)).results().toList();

        assertThat(tests).hasSizeGreaterThan(30).allSatisfy(test -> {
            Path file = PAGE.resolveSibling(test.group(3));
            assertThat(file).isRegularFile().hasFileName(test.group(1) + ".java");
            assertThat(Files.readString(file)).contains("void " + test.group(2) + "(");
        });
    }

    @Test
    @DisplayName("has a test in each row")
    void everyRowHasATest() throws IOException {
        List<String> rows = Files.readString(PAGE)
                .lines()
                .filter(line -> line.startsWith("| ") && line.split(" \\| ").length == COLUMNS)
                .filter(line -> !line.startsWith("| asset"))
                .toList();

        assertThat(rows)
                .hasSizeGreaterThan(15)
                .allMatch(row -> TEST.matcher(row).find());
    }
}
