package retail.inventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import retail.inventory.access.AuditTrail;
import retail.inventory.access.TrailUnwrittenException;

/** What requests do that is rare and matters: it is in the trail before it is done, or it is not done. */
@Component
public final class TrailedActs {

    private static final Logger LOG = LoggerFactory.getLogger(TrailedActs.class);

    private final AuditTrail trail;

    TrailedActs(AuditTrail trail) {
        this.trail = trail;
    }

    /**
     * Says what a request is about to do.
     *
     * @param details what else is to be said of it
     * @throws ProblemException when the trail cannot be written
     */
    public void before(String act, Map<String, String> details, HttpServletRequest request) {
        Map<String, String> all = new LinkedHashMap<>(details);
        String id = MDC.get(RequestIdFilter.MDC_KEY);
        if (id != null) {
            all.put("request", id);
        }
        try {
            trail.add(act, RequestIdentity.of(request).by(), all);
        } catch (TrailUnwrittenException e) {
            LOG.error("{}", e.getMessage());
            throw new ProblemException(
                    ProblemType.READ_ONLY,
                    "Nothing was changed: the trail of acts cannot be written. Try again when the disk is well.",
                    Map.of());
        }
    }
}
