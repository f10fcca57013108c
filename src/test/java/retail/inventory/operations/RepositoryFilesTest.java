package retail.inventory.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a host of the repository reads, and what an image says of itself: {@code .github}, the labels, the pom's coordinates. */
class RepositoryFilesTest {

    private static final Path WORKFLOWS = Path.of(".github/workflows");
    private static final Path FORMS = Path.of(".github/ISSUE_TEMPLATE");
    private static final Set<String> FIELDS = Set.of("markdown", "textarea", "input", "dropdown", "checkboxes");

    @Test
    void workflowCallsWhatAContributorCalls() {
        JsonNode steps = only(WORKFLOWS.resolve("ci.yml")).at("/jobs/run/steps");
        assertThat(steps.valueStream().map(step -> step.path("run").asString()))
                .anyMatch(run -> run.endsWith(" .ci/run"));
    }

    /** A tag can be moved to another program; a commit cannot. */
    @Test
    void actionsArePinnedToCommits() throws IOException {
        for (Path workflow : files(WORKFLOWS)) {
            assertThat(OperationsFiles.text(workflow).lines().filter(line -> line.contains("uses:")))
                    .isNotEmpty()
                    .allMatch(line -> line.matches(".*uses: [\\w/-]+@[0-9a-f]{40} # v[0-9.]+"));
            assertThat(only(workflow).at("/permissions/contents").asString()).isEqualTo("read");
        }
    }

    @Test
    void issueFormsHaveFieldsWithNames() throws IOException {
        for (Path form : files(FORMS)) {
            if (form.endsWith("config.yml")) {
                continue;
            }
            JsonNode content = only(form);
            assertThat(content.propertyNames()).containsExactly("name", "description", "labels", "body");
            Set<String> ids = new TreeSet<>();
            for (JsonNode field : content.get("body")) {
                String type = field.get("type").asString();
                assertThat(FIELDS).contains(type);
                if (!type.equals("markdown")) {
                    assertThat(ids.add(field.get("id").asString()))
                            .as("%s: %s", form, field)
                            .isTrue();
                    assertThat(field.at("/attributes/label").asString()).isNotBlank();
                }
            }
            assertThat(ids).isNotEmpty();
        }
    }

    @Test
    void updatesLeaveWhatIsPinned() {
        JsonNode rules = OperationsFiles.json(Path.of(".github/renovate.json")).get("packageRules");
        Set<String> never = new TreeSet<>();
        Set<String> notAlways = new TreeSet<>();
        for (JsonNode rule : rules) {
            assertThat(rule.path("description").asString())
                    .as("reason of %s", rule)
                    .isNotBlank();
            if (!rule.path("enabled").asBoolean(true)) {
                rule.get("matchPackageNames")
                        .forEach(name -> (rule.has("matchUpdateTypes") ? notAlways : never).add(name.asString()));
            }
        }
        assertThat(never).contains("net.jqwik:**");
        assertThat(notAlways).contains("org.springframework.boot:**", "eclipse-temurin");
        assertThat(pom("<jqwik.version>([^<]+)")).isEqualTo("1.9.3");
    }

    @Test
    void imageSaysWhatThePomSays() {
        String dockerfile = OperationsFiles.text(Path.of("Dockerfile"));
        Map<String, String> labels = new TreeMap<>();
        Pattern.compile("org\\.opencontainers\\.image\\.([a-z.]+)=\"([^\"]*)\"")
                .matcher(dockerfile)
                .results()
                .forEach(label -> labels.put(label.group(1), label.group(2)));
        List<String> bases = Pattern.compile("(?m)^FROM (\\S+)")
                .matcher(dockerfile)
                .results()
                .map(from -> from.group(1))
                .toList();

        assertThat(labels)
                .containsEntry("version", pom("</parent>.*?<version>([^<]+)"))
                .containsEntry("description", pom("<description>([^<]+)"))
                .containsEntry("title", pom("<name>([^<]+)"))
                .containsEntry("licenses", pom("<license>\\s*<name>([^<]+)"))
                .containsEntry("source", pom("<scm>.*?<url>([^<]+)"))
                .containsEntry("base.name", "docker.io/library/" + bases.getLast());
        String documentation = labels.getOrDefault("documentation", "");
        assertThat(documentation).startsWith(pom("<scm>.*?<url>([^<]+)"));
        assertThat(Path.of(documentation.replaceFirst(".*/blob/main/", ""))).exists();
    }

    private static String pom(String pattern) {
        return Pattern.compile(pattern, Pattern.DOTALL)
                .matcher(OperationsFiles.text(Path.of("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    private static JsonNode only(Path file) {
        return OperationsFiles.yaml(file).getFirst();
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.sorted().toList();
        }
    }
}
