package retail.inventory.boot;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.tomcat.ConnectorStartFailedException;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.CommandLinePropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;
import retail.inventory.access.AccessStartException;
import retail.inventory.files.DataDirectoryException;
import retail.inventory.journal.LogDamagedException;
import retail.inventory.journal.LogUnavailableException;

/** Says in one sentence why the service does not start and what to do. */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class StartFailureAnalyzer implements FailureAnalyzer {

    /** How application.yaml names the variable behind a property: {@code ${IDEMP_TTL_MS:300000}}. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):?([^}]*)}");

    /** How application.yaml hands a property on to one of Spring's. */
    private static final Pattern OTHER_PROPERTY = Pattern.compile("\\$\\{([a-z.-]+)}");

    /** What Kubernetes sets for each service in the namespace of a pod, and Docker for a link. */
    private static final Pattern SERVICE_LINK = Pattern.compile("\\bPORT=(tcp|udp|sctp)://|_PORT=(tcp|udp|sctp)://");

    private static final String NO_LINKS = "Kubernetes sets such a variable for each service of the namespace: set"
            + " enableServiceLinks: false in the pod's spec, or give the variable the value it should have.";

    private final Environment environment;

    StartFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String sentence = sentence(cause);
            if (sentence != null) {
                return new FailureAnalysis(
                        sentence, SERVICE_LINK.matcher(sentence).find() ? NO_LINKS : null, cause);
            }
        }
        return null;
    }

    private @Nullable String sentence(Throwable cause) {
        return switch (cause) {
            case DataDirectoryException e -> e.getMessage();
            case AccessStartException e -> e.getMessage();
            case LogDamagedException e -> e.getMessage();
            case LogUnavailableException e -> e.getMessage();
            case PortInUseException e ->
                "Port " + e.getPort() + " is in use by another process: stop that one, or set PORT to another port.";
            case ConnectorStartFailedException e ->
                "Port " + e.getPort() + " cannot be listened on: stop the process that uses it, or set PORT and"
                        + " MANAGEMENT_PORT to ports this user may use.";
            case SocketException e ->
                setting("server.address") + " with " + setting("server.port") + " cannot be listened on ("
                        + e.getMessage() + "): set HOST to an address of this machine and PORT to a port this user may"
                        + " use.";
            case BindException e -> badSetting(e);
            case BeanCreationException e
            when "sslBundleRegistry".equals(e.getBeanName()) ->
                setting("inventory.web.tls-cert") + " with " + setting("inventory.web.tls-key") + " cannot be used ("
                        + e.getMostSpecificCause().getMessage() + "): name a certificate and its own private key, in"
                        + " files of PEM that this user may read.";
            case InvalidConfigurationPropertyValueException e ->
                setting(e.getName()) + " is not usable: it must be a whole number.";
            case IllegalArgumentException e
            when String.valueOf(e.getMessage()).startsWith("Invalid endpoint") ->
                "OTEL_EXPORTER_OTLP_ENDPOINT="
                        + environment.getProperty(TracingSwitch.ENDPOINT, "").replaceFirst("/v1/traces$", "")
                        + " is not usable: it must be a URL like http://collector:4318.";
            default -> null;
        };
    }

    private String badSetting(BindException e) {
        if (e.getCause() instanceof BindValidationException invalid) {
            ObjectError error = invalid.getValidationErrors().getAllErrors().getFirst();
            String field = error instanceof FieldError f ? f.getField() : "";
            return setting(e.getName() + "." + kebab(field)) + " is not usable: it " + error.getDefaultMessage() + ".";
        }
        String property = e.getProperty() == null
                ? e.getName().toString()
                : e.getProperty().getName().toString();
        Class<?> wanted = e.getTarget().getType().resolve(Object.class);
        return setting(property) + " is not usable: it must be " + described(wanted) + ".";
    }

    private static String described(Class<?> wanted) {
        if (wanted.isEnum()) {
            StringBuilder choices = new StringBuilder();
            for (Object choice : wanted.getEnumConstants()) {
                choices.append(choices.isEmpty() ? "" : " or ")
                        .append(choice.toString().toLowerCase(Locale.ROOT));
            }
            return choices.toString();
        }
        if (wanted == boolean.class || wanted == Boolean.class) {
            return "true or false";
        }
        if (wanted == BigDecimal.class) {
            return "a number like 0.5";
        }
        return wanted == InetAddress.class ? "an address of this machine" : "a whole number";
    }

    /** The setting as the person wrote it, where its value was read: a variable, an argument or a property. */
    private String setting(String property) {
        @Nullable ConfigurationProperty read = whereItIsRead(property);
        String raw = read == null ? "" : String.valueOf(read.getValue());
        Matcher variable = VARIABLE.matcher(raw);
        if (variable.matches()) {
            return variable.group(1) + "=" + environment.getProperty(property) + " (default " + variable.group(2) + ")";
        }
        Matcher other = OTHER_PROPERTY.matcher(raw);
        if (other.matches()) {
            return setting(other.group(1));
        }
        return prefix(read) + property + "=" + environment.getProperty(property);
    }

    /** Of all places that set a property, the one that counts. */
    private @Nullable ConfigurationProperty whereItIsRead(String property) {
        ConfigurationPropertyName name = ConfigurationPropertyName.ofIfValid(property);
        if (name != null && environment instanceof ConfigurableEnvironment configurable) {
            for (ConfigurationPropertySource source :
                    ConfigurationPropertySources.from(configurable.getPropertySources())) {
                ConfigurationProperty found = source.getConfigurationProperty(name);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static String prefix(@Nullable ConfigurationProperty read) {
        Object source = read == null || read.getSource() == null
                ? null
                : read.getSource().getUnderlyingSource();
        if (source instanceof CommandLinePropertySource) {
            return "--";
        }
        return source instanceof PropertySource<?> named
                        && named.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)
                ? "-D"
                : "";
    }

    private static String kebab(String field) {
        return field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
