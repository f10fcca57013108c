package retail.inventory.web;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jackson.autoconfigure.JsonFactoryBuilderCustomizer;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.Errors;
import org.springframework.validation.Validator;
import org.springframework.validation.annotation.Validated;
import retail.inventory.settings.Milliseconds;
import retail.inventory.settings.WholeNumber;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.type.LogicalType;

/** Makes JSON strict, and the log of requests. */
@Configuration(proxyBeanMethods = false)
public class WebConfiguration {

    private static final String HOST_NAME = " *(?:[A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+]) *";
    private static final String ORIGIN = " *https?://(?:[A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})? *";

    private static final int HEAP_PART = 8;
    private static final int BYTES_PER_CONNECTION = 64 * 1024;
    private static final int CONNECTIONS_LEAST = 256;
    private static final int CONNECTIONS_MOST = 8192;

    /**
     * Settings of the web server, checked here and used by Spring's own properties.
     *
     * @param host the address to listen on ({@code HOST})
     * @param port the port to listen on ({@code PORT}); 0 = any free one
     * @param allowedHosts what the service answers as beside this machine's own names ({@code ALLOWED_HOSTS})
     * @param corsOrigins origins of pages that may use it from a browser ({@code CORS_ORIGINS})
     * @param lockRejectStatus of a change whose SKU another process had for too long ({@code LOCK_REJECT_STATUS})
     * @param lockRetryAfterMs when to try that again ({@code LOCK_RETRY_AFTER_MS})
     * @param slowRequestMs a request that takes so long gets a line of the log ({@code SLOW_REQUEST_MS})
     * @param rejectedLinesPerSecond lines of the log for each reason to refuse ({@code REJECTED_LINES_PER_SECOND})
     * @param headersMaxBytes of a request's first line and headers together ({@code HEADERS_MAX_BYTES})
     * @param keepAliveMs how long an idle connection is kept ({@code KEEP_ALIVE_MS})
     * @param connectionsMax how many connections there may be ({@code CONNECTIONS_MAX}); 0 = by the heap
     * @param managementPort the port that health, metrics and actuator have of their own; 0 = any free one; empty = none
     *     ({@code MANAGEMENT_PORT})
     * @param tlsCert its certificate and those that vouch for it, in a file of PEM; empty = plain HTTP ({@code TLS_CERT})
     * @param tlsKey the certificate's private key, the same ({@code TLS_KEY})
     * @param trustedProxies who may say for whom it sends requests ({@code TRUSTED_PROXIES})
     */
    @Validated
    @ConfigurationProperties("inventory.web")
    public record WebProperties(
            @NotBlank(message = "must be an address to listen on, like 127.0.0.1 or 0.0.0.0")
            String host,

            @WholeNumber(min = 0, max = 65535, what = "a port number")
            int port,

            @Pattern(
                    regexp = "(?:" + HOST_NAME + "(?:," + HOST_NAME + ")*)?",
                    message = "must be names of hosts, without ports, separated by commas, like"
                            + " shop.example,inventory_backend")
            String allowedHosts,

            @Pattern(
                    regexp = "(?:" + ORIGIN + "(?:," + ORIGIN + ")*)?",
                    message = "must be origins as browsers send them, separated by commas, like"
                            + " https://shop.example,http://localhost:5173; not *, which would let every page change"
                            + " stock")
            String corsOrigins,

            @Pattern(regexp = "409|423|429|503", message = "must be 409, 423, 429 or 503")
            String lockRejectStatus,

            @Milliseconds(min = 1, max = 600_000) long lockRetryAfterMs,

            @Milliseconds(min = 1, max = 600_000) long slowRequestMs,

            @WholeNumber(min = 1, max = 1_000_000, what = "a whole number of lines a second")
            int rejectedLinesPerSecond,

            @WholeNumber(min = 4096, max = 65_536, what = "a whole number of bytes")
            int headersMaxBytes,

            @Milliseconds(min = 1000, max = 3_600_000) int keepAliveMs,

            @WholeNumber(min = 0, max = 100_000, message = "must be a whole number from {min} (by the heap) to {max}")
            int connectionsMax,

            @Nullable
            @WholeNumber(min = 0, max = 65535, message = "must be a port number from {min} to {max}, or nothing")
            Integer managementPort,

            String tlsCert,
            String tlsKey,
            String trustedProxies)
            implements Validator {

        @Override
        public boolean supports(Class<?> type) {
            return type == WebProperties.class;
        }

        @Override
        public void validate(Object target, Errors errors) {
            if (!(target instanceof WebProperties properties)) {
                return;
            }
            if (properties.tlsCert.isBlank() != properties.tlsKey.isBlank()) {
                errors.rejectValue(
                        properties.tlsCert.isBlank() ? "tlsCert" : "tlsKey",
                        "missing",
                        "must be set where the other one of TLS_CERT and TLS_KEY is");
            }
            try {
                ClientAddress.behind(properties.trustedProxies);
            } catch (IllegalArgumentException e) {
                errors.rejectValue(
                        "trustedProxies",
                        "syntax",
                        "must be addresses or CIDR blocks separated by commas, like 10.0.0.0/8,192.168.1.7");
            }
        }

        /** An unfinished head takes some 56 KiB, and all of them at most an eighth of the heap. */
        public int connections(long heapBytes) {
            return connectionsMax > 0
                    ? connectionsMax
                    : Math.clamp(heapBytes / HEAP_PART / BYTES_PER_CONNECTION, CONNECTIONS_LEAST, CONNECTIONS_MOST);
        }

        LockedAnswer locked() {
            long seconds = Math.ceilDiv(lockRetryAfterMs, 1000);
            return new LockedAnswer(Integer.parseInt(lockRejectStatus), seconds);
        }
    }

    /** JSON is UTF-8 here: what is guessed to be UTF-16 by its zeros is a mistake somewhere. */
    @Bean
    JsonFactoryBuilderCustomizer utf8Json() {
        return json -> json.disable(TokenStreamFactory.Feature.CHARSET_DETECTION);
    }

    @Bean
    LockedAnswer lockedAnswer(WebProperties properties) {
        return properties.locked();
    }

    @Bean
    ClientAddress clientAddress(WebProperties properties) {
        return ClientAddress.behind(properties.trustedProxies());
    }

    @Bean
    RequestLog requestLog(WebProperties properties, ClientAddress clients) {
        Executor aSecondLater = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS);
        return new RequestLog(
                clients,
                properties.slowRequestMs(),
                properties.rejectedLinesPerSecond(),
                System::nanoTime,
                aSecondLater);
    }

    /** A number is a number, a member stands once, nothing unknown is ignored: what is meant is what is read. */
    @Bean
    JsonMapperBuilderCustomizer strictJson() {
        return json -> json.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
    }
}
