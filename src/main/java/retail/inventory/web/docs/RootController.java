package retail.inventory.web.docs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where to go on from the service's bare address: for people, and for a proxy that only checks whether something answers. */
@RestController
class RootController {

    private static final Map<String, String> LINKS = links();

    // Relative, so that a proxy may serve all this behind a prefix that nobody here knows of.
    private static Map<String, String> links() {
        Map<String, String> links = new LinkedHashMap<>();
        links.put("service", "inventory-service");
        links.put("docs", "docs/");
        links.put("description", "openapi.yaml");
        links.put("health", "health/readiness");
        links.put("metrics", "metrics");
        return links;
    }

    @GetMapping(path = "/", produces = MediaType.APPLICATION_JSON_VALUE)
    Map<String, String> root() {
        return LINKS;
    }
}
