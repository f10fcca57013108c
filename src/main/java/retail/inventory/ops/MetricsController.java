package retail.inventory.ops;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The counters as one flat JSON object, for people with curl and scripts; Prometheus has its own under actuator. */
@RestController
@RequestMapping(
        path = {"/metrics", "/api/metrics"},
        produces = MediaType.APPLICATION_JSON_VALUE)
class MetricsController {

    private final Counters counters;

    MetricsController(Counters counters) {
        this.counters = counters;
    }

    @GetMapping
    Map<String, Long> now() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counters.all().forEach((name, count) -> counts.put(name, count.getAsLong()));
        return counts;
    }
}
