package retail.inventory.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Only what is documented sets anything; {@code StartIT} starts the jar beside services of any name. */
class DocumentedVariablesTest {

    private static final String NAME = StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME;

    @ParameterizedTest
    @ValueSource(strings = {"PORT", "HOST", "LOCK_TTL_MS", "SNAPSHOT_EVERY_N_EVENTS", "OTEL_SERVICE_NAME"})
    void leavesADocumentedVariable(String variable) {
        assertThat(environmentWith(variable).getProperty(variable)).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SERVER_PORT",
                "server.port",
                "INVENTORY_WEB_PORT",
                "inventory_web_port",
                "INVENTORY_ROLE",
                "SPRING_PROFILES_ACTIVE",
                "SPRING_APPLICATION_JSON",
                "SPRING_CONFIG_LOCATION",
                "MANAGEMENT_SERVER_PORT",
                "LOGGING_LEVEL_ROOT",
                "PORT_",
                "XPORT",
                "port",
                "OTELX"
            })
    void takesNoOther(String variable) {
        StandardEnvironment environment = environmentWith(variable);

        assertThat(environment.getProperty(variable)).isNull();
        assertThat(Binder.get(environment).bind("server.port", String.class).isBound())
                .isFalse();
        assertThat(Binder.get(environment)
                        .bind("inventory.web.port", String.class)
                        .isBound())
                .isFalse();
    }

    /** Spring names where a value comes from by the name of its source. */
    @Test
    void leavesTheSourceInItsPlace() {
        assertThat(environmentWith("PORT").getPropertySources().stream().map(PropertySource::getName))
                .endsWith(NAME)
                .hasSize(2);
    }

    private static StandardEnvironment environmentWith(String variable) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .replace(NAME, new SystemEnvironmentPropertySource(NAME, Map.of(variable, "7")));
        new DocumentedVariables().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
