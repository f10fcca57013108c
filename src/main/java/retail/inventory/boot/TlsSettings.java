package retail.inventory.boot;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Has Spring Boot serve TLS, and follow the files of the certificate, where {@code TLS_CERT} and {@code TLS_KEY} name them. Its
 * properties cannot be in application.yaml: they switch TLS on by being there. Named in spring.factories.
 */
final class TlsSettings implements EnvironmentPostProcessor, Ordered {

    private static final String BUNDLE = "spring.ssl.bundle.pem.web.";

    /** After application.yaml was read. */
    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        String certificate = environment.getProperty("inventory.web.tls-cert", "");
        String key = environment.getProperty("inventory.web.tls-key", "");
        if (!certificate.isBlank()
                && !key.isBlank()) { // one alone is refused with the other settings of the web server
            Map<String, Object> tls = Map.of(
                    "server.ssl.bundle",
                    "web",
                    BUNDLE + "keystore.certificate",
                    "file:" + certificate,
                    BUNDLE + "keystore.private-key",
                    "file:" + key,
                    BUNDLE + "keystore.verify-keys",
                    true,
                    BUNDLE + "reload-on-update",
                    true,
                    BUNDLE + "options.enabled-protocols",
                    "TLSv1.2,TLSv1.3");
            environment.getPropertySources().addFirst(new MapPropertySource("tls", tls));
        }
    }
}
