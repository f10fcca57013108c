package retail.inventory.boot;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;

/**
 * Leaves OpenTelemetry out while there is no endpoint to send spans to: then nothing of it is made, or started, or asked on
 * a request's way. With an endpoint there are spans of requests from {@code web}; what Spring would observe besides, such as
 * its own timers, stays out.
 *
 * <p>Named in spring.factories, for it must be heard before Spring decides what to make.
 */
public final class TracingSwitch implements AutoConfigurationImportFilter, EnvironmentAware {

    /** Where spans go; Spring sets it from {@code OTEL_EXPORTER_OTLP_ENDPOINT}. */
    static final String ENDPOINT = "management.opentelemetry.tracing.export.otlp.endpoint";

    /** Whether there is somewhere to send them to, as a condition. */
    public static final String IS_ON = "!'${" + ENDPOINT + ":}'.isEmpty()";

    private static final String SDK = "org.springframework.boot.opentelemetry.";
    private static final String SPANS = "org.springframework.boot.micrometer.tracing.opentelemetry.";
    private static final String OBSERVATIONS = "org.springframework.boot.micrometer.tracing.autoconfigure.";

    private boolean on;

    @Override
    public void setEnvironment(Environment environment) {
        on = !environment.getProperty(ENDPOINT, "").isEmpty();
    }

    @Override
    public boolean[] match(@Nullable String[] names, AutoConfigurationMetadata metadata) {
        boolean[] matches = new boolean[names.length];
        for (int i = 0; i < names.length; i++) {
            String name = names[i];
            matches[i] = name == null
                    || !(name.startsWith(OBSERVATIONS) || (!on && (name.startsWith(SDK) || name.startsWith(SPANS))));
        }
        return matches;
    }
}
