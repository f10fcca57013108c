package retail.inventory.ops;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.EventLog.LogStatus;
import retail.inventory.journal.EventLog.State;
import retail.inventory.table.InventoryTable;

/** Health for load balancers and people with curl; actuator has the same under its own names. */
@RestController
@RequestMapping({"/health", "/api/health"})
class HealthController {

    private final ApplicationAvailability availability;
    private final EventLog log;
    private final InventoryTable table;

    HealthController(ApplicationAvailability availability, EventLog log, InventoryTable table) {
        this.availability = availability;
        this.log = log;
        this.table = table;
    }

    /** The process works. */
    record Liveness(String status) {}

    /**
     * Whether requests can be served.
     *
     * @param ready whether all of them can
     * @param reason why not, when not
     * @param readOnly whether reads are served but writes are not
     * @param queueDepth events waiting for the disk
     * @param durableSequence the latest durable event
     * @param skus how many SKUs of how many stores have a record
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Readiness(
            boolean ready,
            @Nullable String reason,
            boolean readOnly,
            int queueDepth,
            long durableSequence,
            long skus) {}

    @GetMapping("/liveness")
    Liveness liveness() {
        return new Liveness("ok");
    }

    @GetMapping("/readiness")
    ResponseEntity<Readiness> readiness() {
        LogStatus status = log.status();
        String reason = status.state() != State.OPEN
                ? status.reason()
                : availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC
                        ? null
                        : "the service is starting or stopping";
        Readiness readiness = new Readiness(
                reason == null,
                reason,
                status.state() == State.READ_ONLY,
                status.queueDepth(),
                log.durableSequence(),
                table.size());
        return ResponseEntity.status(reason == null ? 200 : 503).body(readiness);
    }
}
