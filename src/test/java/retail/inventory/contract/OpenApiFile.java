package retail.inventory.contract;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which operations {@code openapi.yaml} has and which answers they give.
 *
 * @param answers all of them
 */
record OpenApiFile(List<Answer> answers) {

    /** Where the file is, from the directory the build runs in. */
    static final String NAME = "openapi.yaml";

    /**
     * An answer of an operation.
     *
     * @param path the operation's path, with its variables in braces
     * @param method in upper case
     * @param status of the answer
     */
    record Answer(String path, String method, int status) {

        private boolean has(String concretePath) {
            return concretePath.matches(path.replaceAll("\\{\\w+}", "[^/]+"));
        }
    }

    static OpenApiFile read() {
        JsonNode file;
        try {
            Object yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(Path.of(NAME)));
            file = new JsonMapper().valueToTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Answer> answers = new ArrayList<>();
        file.get("paths").forEachEntry((path, item) -> {
            JsonNode resolved =
                    item.has("$ref") ? file.at(item.get("$ref").asString().substring(1)) : item;
            resolved.forEachEntry((method, operation) -> operation
                    .get("responses")
                    .forEachEntry((status, response) ->
                            answers.add(new Answer(path, method.toUpperCase(Locale.ROOT), Integer.parseInt(status)))));
        });
        return new OpenApiFile(List.copyOf(answers));
    }

    /** Holds requests and answers against the file. */
    static OpenApiInteractionValidator validator() {
        // The problem types are built with allOf, whose parts would each forbid the members of the others.
        return OpenApiInteractionValidator.createForSpecificationUrl(NAME)
                .withLevelResolver(LevelResolver.create()
                        .withLevel("validation.schema.additionalProperties", ValidationReport.Level.IGNORE)
                        .build())
                .build();
    }

    /** The answer of the file that an exchange gets. */
    Answer answerOf(Exchange exchange) {
        return answers.stream()
                .filter(answer -> answer.status() == exchange.status() && answer.has(exchange.pathWithoutQuery()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the file does not have the answer of " + exchange));
    }
}
