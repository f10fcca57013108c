package retail.inventory.ops;

import jakarta.validation.constraints.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of the process's log.
 *
 * @param format {@code LOG_FORMAT}: json, one object per line, or text, for people; nothing: text on a
 *     terminal, else json
 */
@Validated
@ConfigurationProperties("inventory.log")
record LogProperties(
        @Pattern(regexp = "|json|text", message = "must be json or text")
        String format) {}
