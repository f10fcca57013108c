package retail.inventory.web.tomcat;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes Spring Boot's bundle of the files that {@code TLS_CERT} and {@code TLS_KEY} name, which it reads again when they change.
 * Where they do not do, it leaves them to be refused with the other settings. Named in spring.factories, for the web server has to
 * find it; after settings are read.
 */
final class TlsBundle implements EnvironmentPostProcessor, Ordered {

    /** Of the files, before they are read again: one of them is written after the other. */
    private static final String QUIET = "spring.ssl.bundle.watch.file.quiet-period";

    private static final String BUNDLE = "spring.ssl.bundle.pem.tls.";

    @Override
    public int getOrder() {
        return LOWEST_PRECEDENCE;
    }

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        TlsProperties files = new TlsProperties(
                environment.getProperty("inventory.tls.cert", ""), environment.getProperty("inventory.tls.key", ""));
        if (files.isOn() && files.fault() == null) {
            environment
                    .getPropertySources()
                    .addLast(new MapPropertySource(
                            "tls",
                            Map.of(
                                    "server.ssl.bundle",
                                    "tls",
                                    QUIET,
                                    "2s",
                                    BUNDLE + "reload-on-update",
                                    "true",
                                    BUNDLE + "keystore.certificate",
                                    "file:" + files.cert(),
                                    BUNDLE + "keystore.private-key",
                                    "file:" + files.key())));
        }
    }
}
