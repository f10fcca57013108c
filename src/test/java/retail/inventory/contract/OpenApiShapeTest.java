package retail.inventory.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * {@code openapi.yaml} is written so that generators and viewers can use it: some leave out, without a word, what is behind a
 * reference to a path item, and number what has no name.
 */
class OpenApiShapeTest {

    private static final Pattern PATH = Pattern.compile("(?m)^  (/\\S*):$");

    /** Where a schema that is written in place has nothing to be called by, or is generated once for each use. */
    private static final Set<String> NAMELESS = Set.of("items", "additionalProperties", "schema");

    @Test
    void hasEachPathOnceAndWithoutThePrefixOfAServer() throws IOException {
        List<String> paths = PATH.matcher(Files.readString(Path.of(OpenApiFile.NAME)))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();

        assertThat(paths).isNotEmpty().doesNotHaveDuplicates().noneMatch(path -> path.startsWith("/api/"));
    }

    @Test
    void hasEachPathItemInPlace() {
        JsonNode file = OpenApiFile.tree();

        assertThat(file.get("components").has("pathItems")).isFalse();
        file.get("paths")
                .forEachEntry(
                        (path, item) -> assertThat(item.has("$ref")).as(path).isFalse());
    }

    @Test
    void hasANameForEachObjectAndEnumThatIsInsideAnother() {
        List<String> nameless = new ArrayList<>();
        collectNameless("", "", OpenApiFile.tree(), nameless);

        assertThat(nameless).isEmpty();
    }

    /** Else a generator has no type for it either, and takes what all types have in common. */
    @Test
    void hasATypeForEachConstantAndEnum() {
        List<String> untyped = new ArrayList<>();
        collectUntyped("", OpenApiFile.tree().get("components"), untyped);

        assertThat(untyped).isEmpty();
    }

    private static void collectUntyped(String place, JsonNode node, List<String> found) {
        if ((node.has("const") || node.has("enum")) && !node.has("type") && !place.endsWith("/not")) {
            found.add(place);
        }
        for (String name : node.propertyNames()) {
            collectUntyped(place + "/" + name, node.get(name), found);
        }
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collectUntyped(place + "/" + i, node.get(i), found);
        }
    }

    private static void collectNameless(String place, String key, JsonNode node, List<String> found) {
        boolean shaped = node.has("properties") || node.has("allOf") || node.has("oneOf") || node.has("enum");
        boolean scalar = place.contains("/parameters/") || place.contains("/headers/");
        boolean unnamed = NAMELESS.contains(key) && shaped && !scalar;
        boolean copied = place.endsWith("/properties/" + key) && node.has("properties");
        if (unnamed || copied) {
            found.add(place);
        }
        if (node.isObject()) {
            node.forEachEntry((name, child) -> collectNameless(place + "/" + name, name, child, found));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                collectNameless(place + "/" + i, String.valueOf(i), node.get(i), found);
            }
        }
    }
}
