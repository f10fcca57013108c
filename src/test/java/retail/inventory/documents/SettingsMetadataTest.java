package retail.inventory.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an editor says about a setting, out of the jar, is what the service does. Maven completes the file after it has compiled
 * ({@code config/SettingsMetadata.java}); a build of an editor alone does not.
 */
class SettingsMetadataTest {

    private static final Path FILE = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

    /** A record of settings, and the prefix that its properties have. */
    record Group(String prefix, String type) {}

    static Stream<Group> groups() throws IOException {
        return metadata("groups")
                .map(group -> new Group(
                        group.get("name").asString(), group.get("type").asString()));
    }

    static Stream<JsonNode> properties() throws IOException {
        return metadata("properties");
    }

    @ParameterizedTest
    @MethodSource("groups")
    void saysTheDefaultThatIsBoundWhenNothingIsSet(Group group) throws Exception {
        Class<?> type = Class.forName(group.type());
        Object bound =
                Binder.get(nothingSet()).bind(group.prefix(), Bindable.of(type)).get();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = group.prefix() + "." + kebab(component.getName());
            JsonNode property = metadata("properties")
                    .filter(one -> one.get("name").asString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name + " in " + FILE));
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);

            assertThat(property.path("defaultValue").asString(""))
                    .as(name)
                    .isEqualTo(described(accessor.invoke(bound)));
        }
    }

    @ParameterizedTest
    @MethodSource("properties")
    void describesEachInPlainWords(JsonNode property) {
        assertThat(property.path("description").asString(""))
                .as(property.toString())
                .hasSizeGreaterThan(10)
                .doesNotContain("{", "}", "<", "`", "\n");
    }

    @Test
    void knowsTheValuesOfWhatTakesNoOther() throws IOException {
        Map<String, List<String>> values = new TreeMap<>();
        metadata("hints").forEach(hint -> {
            List<String> of = new ArrayList<>();
            hint.get("values").forEach(value -> of.add(value.get("value").asString()));
            values.put(hint.get("name").asString(), of);
        });

        assertThat(values)
                .containsEntry("inventory.role", List.of("all", "api", "worker"))
                .containsEntry("inventory.recovery", List.of("strict", "quarantine"))
                .containsEntry("inventory.log.format", List.of("json", "text"))
                .containsEntry("inventory.web.lock-reject-status", List.of("409", "423", "429", "503"));
    }

    /** As application.yaml and the environment are read, but with no variable. */
    private static StandardEnvironment nothingSet() {
        StandardEnvironment environment = new StandardEnvironment();
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        environment.getPropertySources().replace(name, new SystemEnvironmentPropertySource(name, Map.of()));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        return environment;
    }

    private static Stream<JsonNode> metadata(String list) throws IOException {
        return new JsonMapper()
                .readTree(Files.readString(FILE))
                .get(list)
                .valueStream()
                .filter(item -> item.get("name").asString().startsWith("inventory"));
    }

    private static String described(@Nullable Object value) {
        String text = value instanceof List<?> list
                ? String.join(",", list.stream().map(String::valueOf).toList())
                : String.valueOf(Objects.requireNonNullElse(value, ""));
        if (value instanceof InetAddress address) {
            return address.getHostAddress();
        }
        return value instanceof Enum<?> ? text.toLowerCase(Locale.ROOT) : text;
    }

    private static String kebab(String name) {
        return Pattern.compile("([A-Z])").matcher(name).replaceAll("-$1").toLowerCase(Locale.ROOT);
    }
}
