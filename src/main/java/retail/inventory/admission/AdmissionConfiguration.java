package retail.inventory.admission;

import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;
import retail.inventory.settings.WholeNumber;

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
            @WholeNumber(min = 1, max = 10_000) int concurrencyApi,

            @WholeNumber(min = 1, max = 10_000) int concurrencySync,

            @WholeNumber(min = 0, max = 100_000) int loadShedQueueMax,

            @WholeNumber(
                    min = 0,
                    max = 1_000_000,
                    message = "must be a whole number of requests per second from {min} (no limit) to {max}")
            long rateLimitRps,

            @WholeNumber(min = 1, max = 1_000_000, what = "a whole number of requests")
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
