package io.cuttlestore.examples.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

@DisplayName("What the build takes from elsewhere has one exact version")
class PinnedVersionsTest {
    private static final String EXACT = "\\d+(\\.\\w+)*([.-](Final|RELEASE|jre|M\\d+|RC\\d+))?";
    private static final Path BUILD = SnippetsTest.ROOT.resolve("build/pom.xml");

    static List<Path> poms() throws IOException {
        try (Stream<Path> files = Files.walk(SnippetsTest.ROOT, 4)) {
            return files.filter(file -> file.endsWith("pom.xml")
                            && !SnippetsTest.ROOT.relativize(file).toString().contains("target"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("poms")
    void everyVersionIsExact(Path pom) {
        Map<String, String> properties = properties(parse(BUILD));
        properties.putAll(properties(parse(pom)));
        for (Element version : all(parse(pom), "version")) {
            String text = resolve(version.getTextContent().strip(), properties);
            if (!isOurs((Element) version.getParentNode()) && !isRuleOfTheBuild(version)) {
                assertThat(text)
                        .as("%s of %s", text, child((Element) version.getParentNode(), "artifactId"))
                        .matches(EXACT);
            }
        }
    }

    /** Ranges of Maven and Java that the enforcer asks for. */
    private static boolean isRuleOfTheBuild(Element version) {
        return version.getParentNode().getNodeName().startsWith("require");
    }

    private static boolean isOurs(Element element) {
        return element.getNodeName().equals("project")
                || "io.cuttlestore".equals(child(element, "groupId"))
                || "cuttlestore-build".equals(child(element, "artifactId"));
    }

    @ParameterizedTest
    @MethodSource("poms")
    void everyPluginAndDependencyHasOne(Path pom) {
        Document build = parse(BUILD);
        Document document = parse(pom);
        for (String kind : List.of("plugin", "dependency")) {
            Set<String> pinned = new HashSet<>();
            Stream.of(build, document)
                    .flatMap(each -> all(each, kind).stream())
                    .filter(element -> child(element, "version") != null)
                    .forEach(element -> pinned.add(child(element, "artifactId")));
            for (Element element : all(document, kind)) {
                if (!String.valueOf(child(element, "groupId"))
                        .startsWith("org.junit.")) { // junit-bom has their version
                    assertThat(pinned).contains(child(element, "artifactId"));
                }
            }
        }
    }

    /** Maven runs these where no POM names them, and would take the version that it likes. */
    @ParameterizedTest
    @CsvSource({
        "build/pom.xml, clean resources compiler surefire jar install deploy",
        "bom/pom.xml, clean install deploy"
    })
    void everyPluginThatMavenRunsByItselfHasOne(String pom, String names) {
        List<String> pinned = all(parse(SnippetsTest.ROOT.resolve(pom)), "plugin").stream()
                .filter(plugin -> child(plugin, "version") != null)
                .map(plugin -> child(plugin, "artifactId"))
                .toList();
        assertThat(names.split(" ")).allSatisfy(name -> assertThat(pinned).contains("maven-" + name + "-plugin"));
    }

    @Test
    void noVersionMayBeARange() {
        assertThat(all(parse(BUILD), "banDynamicVersions")).hasSize(1);
    }

    @Test
    void theReleaseListsWhatIsInIt() throws IOException {
        Element profile = all(parse(BUILD), "profile").stream()
                .filter(each -> "release".equals(child(each, "id")))
                .findFirst()
                .orElseThrow();
        assertThat(profile.getTextContent()).contains("cyclonedx-maven-plugin", "makeBom");
        for (Path pom : poms()) {
            Map<String, String> properties = properties(parse(pom));
            if (!pom.equals(BUILD) && properties.containsKey("cyclonedx.skip")) {
                assertThat(properties).as("%s is not published", pom).containsEntry("maven.deploy.skip", "true");
            }
        }
    }

    private static String resolve(String version, Map<String, String> properties) {
        return version.startsWith("${")
                ? properties.getOrDefault(version.substring(2, version.length() - 1), version)
                : version;
    }

    private static Map<String, String> properties(Document pom) {
        Map<String, String> properties = new HashMap<>();
        for (Element block : all(pom, "properties")) {
            children(block.getChildNodes()).forEach(each -> properties.put(each.getNodeName(), each.getTextContent()));
        }
        return properties;
    }

    private static String child(Element element, String name) {
        return children(element.getChildNodes())
                .filter(each -> each.getNodeName().equals(name))
                .map(each -> each.getTextContent().strip())
                .findFirst()
                .orElse(null);
    }

    private static List<Element> all(Document pom, String name) {
        return children(pom.getElementsByTagName(name)).toList();
    }

    private static Stream<Element> children(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
                .map(Element.class::cast);
    }

    private static Document parse(Path pom) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new AssertionError(e);
        }
    }
}
