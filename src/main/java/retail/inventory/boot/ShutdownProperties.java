package retail.inventory.boot;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;
import retail.inventory.settings.Milliseconds;

/**
 * Settings of the end.
 *
 * @param timeoutMs how long stopping may take in all ({@code SHUTDOWN_TIMEOUT_MS})
 */
@Validated
@ConfigurationProperties("inventory.shutdown")
record ShutdownProperties(
        @Milliseconds(min = 1000, max = 3_600_000) long timeoutMs) {

    /** For changes that are under way: half of it, for the rest is needed to write files. */
    Duration drain() {
        return Duration.ofMillis(timeoutMs / 2);
    }

    /** For the web server's other requests after that. */
    Duration webServer() {
        return Duration.ofMillis(timeoutMs / 4);
    }
}
