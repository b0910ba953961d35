package io.cuttlestore.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Java in a page stands below a line {@code <!-- snippet FILE REGION -->} and is the text of that region of that file,
 * which is compiled and run. With {@code -Dsnippets=write} the pages are brought up to date instead.
 */
@DisplayName("The code in the pages is code that runs")
class SnippetsTest {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern JAVA_BLOCK = Pattern.compile("(?m)^```java\\n");
    private static final Pattern SNIPPET =
            Pattern.compile("(?ms)^<!-- snippet (\\S+) (\\S+) -->\\n```java\\n(.*?)^```$");

    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 3)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everySnippetIsTheTextOfItsSource(Path page) throws IOException {
        String text = Files.readString(page);
        String current = SNIPPET.matcher(text).replaceAll(snippet -> Matcher.quoteReplacement(current(snippet)));
        if (System.getProperty("snippets", "").equals("write")) {
            Files.writeString(page, current);
        } else {
            assertThat(text)
                    .as("%s; bring it up to date with -Dtest=SnippetsTest -Dsnippets=write", page)
                    .isEqualTo(current);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void noJavaIsWithoutASource(Path page) throws IOException {
        String text = Files.readString(page);

        assertThat(SNIPPET.matcher(text).results().count())
                .as("blocks of Java in %s with a snippet line above them", page)
                .isEqualTo(JAVA_BLOCK.matcher(text).results().count());
    }

    private static String current(MatchResult snippet) {
        String file = snippet.group(1);
        String region = snippet.group(2);
        return "<!-- snippet " + file + " " + region + " -->\n```java\n" + region(file, region) + "```";
    }

    /** The lines between {@code // @start region="NAME"} and {@code // @end}, without their common indentation. */
    private static String region(String file, String name) {
        Pattern marked = Pattern.compile("(?ms)^ *// @start region=\"" + Pattern.quote(name) + "\"\\n(.*?)^ *// @end$");
        try {
            Matcher matcher = marked.matcher(Files.readString(ROOT.resolve(file)));
            assertThat(matcher.find()).as("region %s of %s", name, file).isTrue();
            return matcher.group(1).stripTrailing().stripIndent() + "\n";
        } catch (IOException e) {
            throw new AssertionError("a page shows " + file + ", which can't be read", e);
        }
    }
}
