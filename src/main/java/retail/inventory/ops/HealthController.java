package retail.inventory.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import retail.inventory.access.Identity;
import retail.inventory.access.IssuerKeys;
import retail.inventory.access.KeyWatch;
import retail.inventory.access.Operation;
import retail.inventory.admission.Admission;
import retail.inventory.background.DiskBreaker;
import retail.inventory.background.DiskBreakers;
import retail.inventory.boot.BackgroundWork;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.EventLog.LogStatus;
import retail.inventory.table.InventoryTable;
import retail.inventory.web.RequestIdentity;

/** Health for load balancers and people with curl; actuator has the same under its own names. */
@RestController
@RequestMapping({"/health", "/api/health"})
class HealthController {

    private static final String RETRY_AFTER_SECONDS = "1";

    private final ApplicationAvailability availability;
    private final DiskBreakers breakers;
    private final Admission door;
    private final BackgroundWork work;
    private final EventFeed feed;
    private final @Nullable LogReadiness log;
    private final @Nullable InventoryTable table;
    private final @Nullable CentralHealth central;
    private final RolesHealth roles;
    private final KeyWatch keys;
    private final @Nullable IssuerKeys issuer;

    HealthController(
            ApplicationAvailability availability,
            DiskBreakers breakers,
            Admission door,
            BackgroundWork work,
            EventFeed feed,
            ObjectProvider<LogReadiness> log,
            ObjectProvider<InventoryTable> table,
            ObjectProvider<CentralHealth> central,
            RolesHealth roles,
            KeyWatch keys,
            ObjectProvider<IssuerKeys> issuer) {
        this.availability = availability;
        this.breakers = breakers;
        this.door = door;
        this.work = work;
        this.feed = feed;
        this.log = log.getIfAvailable();
        this.table = table.getIfAvailable();
        this.central = central.getIfAvailable();
        this.roles = roles;
        this.keys = keys;
        this.issuer = issuer.getIfAvailable();
    }

    /** The process works. */
    record Liveness(String status) {}

    /**
     * Whether requests can be served.
     *
     * @param ready whether all of them can
     * @param reason why not, when not
     * @param readOnly whether reads are served but writes are not; absent in a worker
     * @param breakers whether each kind of work on the disk is tried
     * @param queueDepth events waiting for the disk; absent in a worker
     * @param waiting changes and syncs waiting for their turn
     * @param problems the tasks behind the requests whose last try failed, and why; and which bounds are nearly reached
     * @param durableSequence the latest durable event
     * @param skus how many SKUs of how many stores have a record; absent in a worker
     * @param central how the central view is doing; absent in a process that does not have it
     * @param roles of several processes on a data directory, which roles this one has; absent when it is alone
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Readiness(
            boolean ready,
            @Nullable String reason,
            @Nullable Boolean readOnly,
            @Nullable Map<String, DiskBreaker.State> breakers,
            @Nullable Integer queueDepth,
            @Nullable Integer waiting,
            @Nullable Map<String, String> problems,
            @Nullable Long durableSequence,
            @Nullable Long skus,
            CentralHealth.@Nullable State central,

            @Nullable Map<String, String> roles) {

        static Readiness ofStranger(boolean ready) {
            return new Readiness(ready, null, null, null, null, null, null, null, null, null, null);
        }
    }

    @GetMapping("/liveness")
    Liveness liveness() {
        return new Liveness("ok");
    }

    /** All of it is for those who may see the metrics; to anybody else it says whether, and no more. */
    @GetMapping("/readiness")
    ResponseEntity<Readiness> readiness(HttpServletRequest request) {
        LogStatus status = log == null ? null : log.status();
        String reason = reason(status);
        Identity asks = RequestIdentity.find(request);
        Readiness readiness = asks == null || !asks.grants().mayEverywhere(Operation.METRICS)
                ? Readiness.ofStranger(reason == null)
                : details(status, reason);
        return reason == null
                ? ResponseEntity.ok(readiness)
                : ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                        .body(readiness);
    }

    private Readiness details(@Nullable LogStatus status, @Nullable String reason) {
        return new Readiness(
                reason == null,
                reason == null ? null : PathsLeftOut.of(reason),
                (log == null || status == null) ? null : log.isReadOnly(status),
                breakers.states(),
                status == null ? null : status.queueDepth(),
                door.waiting(),
                problems(),
                feed.durableSequence(),
                table == null ? null : table.size(),
                central == null || central.isStandingBy() ? null : central.state(),
                roles.ofSeveral());
    }

    /** Those of the tasks, and what is nearly full, in words for anybody. */
    private Map<String, String> problems() {
        Map<String, String> problems = new TreeMap<>(work.problems());
        if (table != null) {
            problems.putAll(table.nearBounds());
        }
        if (!keys.problem().isEmpty()) {
            problems.put("access-keys", keys.problem());
        }
        if (issuer != null && !issuer.problem().isEmpty()) {
            problems.put("access-issuer", issuer.problem());
        }
        problems.replaceAll((task, problem) -> PathsLeftOut.of(problem));
        return problems;
    }

    /** Why requests cannot be served; null when they can. */
    @Nullable
    public String missing() {
        return reason(log == null ? null : log.status());
    }

    private @Nullable String reason(@Nullable LogStatus status) {
        String trouble = log == null || status == null ? null : log.trouble(status);
        if (trouble != null) {
            return trouble;
        }
        if (door.isClosing()) {
            return "the service is stopping";
        }
        String missing = central == null ? null : central.missing();
        if (missing != null) {
            return missing;
        }
        return availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                ? null
                : "the service is starting or stopping";
    }
}
