import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Completes what Spring's annotation processor has written for IDEs about our settings: the defaults, which it cannot see, for
 * they stand in application.yaml, and descriptions in plain words instead of Javadoc. Run by Maven after the compiler; may be
 * run again on its own output. Argument: the directory of the classes.
 */
final class SettingsMetadata {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z][A-Z0-9_]*:?([^}]*)}");
    private static final Pattern JAVADOC = Pattern.compile("\\{@\\w+\\s+([^}]*)}");

    private SettingsMetadata() {}

    public static void main(String[] arguments) throws IOException {
        Path classes = Path.of(arguments[0]);
        Path file = classes.resolve("META-INF/spring-configuration-metadata.json");
        Map<String, String> defaults = new TreeMap<>();
        Object settings = new Yaml(new SafeConstructor(new LoaderOptions()))
                .load(Files.readString(classes.resolve("application.yaml")));
        collect("", settings, defaults);

        JsonMapper json = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        String before = Files.readString(file);
        JsonNode metadata = json.readTree(before);
        for (String list : new String[] {"groups", "properties"}) {
            for (JsonNode item : metadata.get(list)) {
                complete((ObjectNode) item, defaults);
            }
        }
        String after = json.writeValueAsString(metadata) + "\n";
        if (!after.equals(before)) {
            Files.writeString(file, after);
        }
    }

    private static void complete(ObjectNode item, Map<String, String> defaults) {
        if (!item.get("name").asString().startsWith("inventory")) {
            return; // what an endpoint of Spring Boot gets has defaults of its own
        }
        if (item.has("description")) {
            item.put("description", JAVADOC.matcher(item.get("description").asString()).replaceAll("$1"));
        }
        String value = defaults.getOrDefault(item.get("name").asString(), "");
        if (value.isEmpty()) {
            item.remove("defaultValue"); // what the processor guesses of a number is 0
            return;
        }
        switch (item.path("type").asString("")) {
            case "java.lang.Integer", "java.lang.Long" -> item.put("defaultValue", Long.parseLong(value));
            case "java.lang.Double" -> item.put("defaultValue", Double.parseDouble(value));
            case "java.lang.Boolean" -> item.put("defaultValue", Boolean.parseBoolean(value));
            default -> item.put("defaultValue", value);
        }
    }

    private static void collect(String name, Object node, Map<String, String> defaults) {
        if (node instanceof Map<?, ?> children) {
            children.forEach((key, child) -> collect(name.isEmpty() ? String.valueOf(key) : name + "." + key, child, defaults));
        } else if (node != null) {
            Matcher variable = VARIABLE.matcher(String.valueOf(node));
            defaults.put(name, variable.matches() ? variable.group(1) : String.valueOf(node));
        }
    }
}
