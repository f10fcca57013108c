package retail.inventory.ops;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The counters as one flat JSON object, for people with curl and scripts; and for a Prometheus that was left at its default
 * path all it can have, as under actuator. Whichever its client likes better, JSON when it does not mind.
 */
@RestController
@RequestMapping(
        path = {"/metrics", "/api/metrics"},
        produces = {MediaType.APPLICATION_JSON_VALUE, MetricsController.OPEN_METRICS, MediaType.TEXT_PLAIN_VALUE})
class MetricsController {

    static final String OPEN_METRICS = "application/openmetrics-text";

    private static final MediaType OPEN_METRICS_1 =
            MediaType.parseMediaType(OPEN_METRICS + ";version=1.0.0;charset=utf-8");
    private static final MediaType PROMETHEUS_TEXT = MediaType.parseMediaType("text/plain;version=0.0.4;charset=utf-8");

    /** The first that fits what a client accepts is taken. */
    private static final List<MediaType> FORMATS = List.of(MediaType.APPLICATION_JSON, OPEN_METRICS_1, PROMETHEUS_TEXT);

    private final Counters counters;
    private final PrometheusMeterRegistry registry;
    private final ScrapeCache cache;

    MetricsController(Counters counters, PrometheusMeterRegistry registry, ScrapeCache cache) {
        this.counters = counters;
        this.registry = registry;
        this.cache = cache;
    }

    @GetMapping
    ResponseEntity<Object> now(HttpServletRequest request) {
        MediaType format = format(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
        return ResponseEntity.ok()
                .contentType(format)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .body(
                        format.equals(MediaType.APPLICATION_JSON)
                                ? counts()
                                : Objects.requireNonNull(cache.get(format, () -> text(format))));
    }

    private byte[] text(MediaType format) {
        return registry.scrape(format.toString()).getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, Long> counts() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counters.all().forEach((name, count) -> counts.put(name, count.getAsLong()));
        return counts;
    }

    /** Prometheus 3 likes protobuf most, which is not among these; its next choice counts then. */
    static MediaType format(List<String> accept) {
        return MediaType.parseMediaTypes(accept).stream()
                .filter(accepted -> accepted.getQualityValue() > 0)
                .sorted(Comparator.comparingDouble(MediaType::getQualityValue)
                        .reversed()) // stable: of equals the first
                .flatMap(accepted -> FORMATS.stream().filter(accepted::includes))
                .findFirst()
                .orElse(MediaType.APPLICATION_JSON);
    }
}
