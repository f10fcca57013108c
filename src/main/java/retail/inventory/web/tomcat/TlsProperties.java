package retail.inventory.web.tomcat;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;

/**
 * Files of PEM for TLS, which are read again when they change; none = plain HTTP.
 *
 * @param cert the certificate, and those between it and its root ({@code TLS_CERT})
 * @param key its private key ({@code TLS_KEY})
 */
@Validated
@ConfigurationProperties("inventory.tls")
record TlsProperties(String cert, String key) implements Validator {

    /** Which of the two is not as it must be, and how that is; null when they do. */
    record Fault(String field, String must) {}

    /** Whether connections are encrypted. */
    boolean isOn() {
        return !cert.isBlank() || !key.isBlank();
    }

    /** Why the files do not do. */
    @Nullable
    Fault fault() {
        if (isOn() && !isFile(cert)) {
            return new Fault("cert", "must name a file of PEM that this user can read, beside TLS_KEY");
        }
        return isOn() && !isFile(key)
                ? new Fault("key", "must name a file of PEM that this user can read, beside TLS_CERT")
                : null;
    }

    private static boolean isFile(String name) {
        try {
            return Files.isRegularFile(Path.of(name)) && Files.isReadable(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    @Override
    public boolean supports(Class<?> type) {
        return type == TlsProperties.class;
    }

    @Override
    public void validate(Object target, Errors errors) {
        Fault fault = target instanceof TlsProperties properties ? properties.fault() : null;
        if (fault != null) {
            errors.rejectValue(fault.field, "file", fault.must);
        }
    }
}
