package retail.inventory.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Takes as settings only the environment variables that application.yaml names, and OpenTelemetry's. Spring would take any
 * {@code SERVER_PORT} or {@code INVENTORY_WEB_PORT} for {@code server.port} or {@code inventory.web.port}, and others write such
 * names: Kubernetes sets {@code SERVER_PORT=tcp://10.96.0.19:8080} in each pod that has a service called {@code server} beside it.
 *
 * <p>Arguments and system properties set any property. Named in spring.factories, for it must be done before settings are read.
 */
final class DocumentedVariables implements EnvironmentPostProcessor, Ordered {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)[:}]");

    /** The standard names of the OpenTelemetry SDK, which docs/reference/settings.md names as a whole. */
    private static final String OPEN_TELEMETRY = "OTEL_";

    private static final String SETTINGS = "/application.yaml";

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        leaveDocumented(environment.getPropertySources());
    }

    static void leaveDocumented(MutablePropertySources sources) {
        String name = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;
        PropertySource<?> all = sources.get(name);
        if (all != null && all.getSource() instanceof Map<?, ?> variables) {
            Set<String> documented = documented();
            Map<String, Object> left = new LinkedHashMap<>();
            variables.forEach((key, value) -> {
                String variable = String.valueOf(key);
                if (documented.contains(variable) || variable.startsWith(OPEN_TELEMETRY)) {
                    left.put(variable, value);
                }
            });
            sources.replace(name, new SystemEnvironmentPropertySource(name, left));
        }
    }

    /** The names in {@code ${NAME:default}} of application.yaml. */
    private static Set<String> documented() {
        try (InputStream settings =
                Objects.requireNonNull(DocumentedVariables.class.getResourceAsStream(SETTINGS), SETTINGS)) {
            Set<String> names = new HashSet<>();
            VARIABLE.matcher(new String(settings.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .forEach(names::add);
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(SETTINGS, e);
        }
    }
}
