package retail.inventory.admission;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;

/** Puts the door in place. */
@Configuration(proxyBeanMethods = false)
class AdmissionConfiguration {

    /** Longer than a burst needs to be worked off, shorter than a client's patience. */
    private static final Duration WAIT_MAX = Duration.ofSeconds(1);

    /**
     * Settings of admission.
     *
     * @param concurrencyApi how many changes are worked on at once ({@code CONCURRENCY_API})
     * @param concurrencySync how many syncs and replays are ({@code CONCURRENCY_SYNC})
     * @param loadShedQueueMax how many more of each may wait ({@code LOAD_SHED_QUEUE_MAX})
     * @param rateLimitRps requests a second of one client ({@code RATE_LIMIT_RPS}); 0 = no limit
     * @param rateLimitBurst requests at once of one client ({@code RATE_LIMIT_BURST})
     */
    @Validated
    @ConfigurationProperties("inventory.admission")
    record AdmissionProperties(
            @Min(value = 1, message = "must be a whole number from 1 to 10000")
            @Max(value = 10_000, message = "must be a whole number from 1 to 10000")
            int concurrencyApi,

            @Min(value = 1, message = "must be a whole number from 1 to 10000")
            @Max(value = 10_000, message = "must be a whole number from 1 to 10000")
            int concurrencySync,

            @Min(value = 0, message = "must be a whole number from 0 to 100000")
            @Max(value = 100_000, message = "must be a whole number from 0 to 100000")
            int loadShedQueueMax,

            @Min(value = 0, message = "must be a whole number of requests per second from 0 (no limit) to 1000000")
            @Max(
                    value = 1_000_000,
                    message = "must be a whole number of requests per second from 0 (no limit) to 1000000")
            long rateLimitRps,

            @Min(value = 1, message = "must be a whole number of requests from 1 to 1000000")
            @Max(value = 1_000_000, message = "must be a whole number of requests from 1 to 1000000")
            long rateLimitBurst) {}

    @Bean
    Admission door(AdmissionProperties properties, BulkheadRegistry registry) {
        return new Admission(
                new RateLimit(properties.rateLimitRps(), properties.rateLimitBurst()),
                bulkhead(registry, "changes", properties.concurrencyApi(), properties),
                bulkhead(registry, "syncs", properties.concurrencySync(), properties),
                new BodyBudget(Runtime.getRuntime().maxMemory()));
    }

    private static BoundedBulkhead bulkhead(
            BulkheadRegistry registry, String name, int concurrency, AdmissionProperties properties) {
        return new BoundedBulkhead(registry, name, concurrency, properties.loadShedQueueMax(), WAIT_MAX);
    }
}
