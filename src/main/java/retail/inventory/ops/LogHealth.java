package retail.inventory.ops;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.EventLog.LogStatus;

/** Whether the log takes events, for actuator's readiness group. */
@Component("logHealthIndicator")
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
class LogHealth implements HealthIndicator {

    private final EventLog log;
    private final LogReadiness readiness;

    LogHealth(EventLog log, LogReadiness readiness) {
        this.log = log;
        this.readiness = readiness;
    }

    @Override
    public Health health() {
        LogStatus status = readiness.status();
        String trouble = readiness.trouble(status);
        return (trouble == null ? Health.up() : Health.outOfService())
                .withDetail("state", status.state())
                .withDetail("reason", trouble == null ? "" : trouble)
                .withDetail("queueDepth", status.queueDepth())
                .withDetail("busyMs", status.busyMs())
                .withDetail("durableSequence", log.durableSequence())
                .build();
    }
}
