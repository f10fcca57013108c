package retail.inventory.ops;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.EventLog.LogStatus;
import retail.inventory.journal.EventLog.State;

/** Whether the log takes events, for actuator's readiness group. */
@Component("logHealthIndicator")
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
class LogHealth implements HealthIndicator {

    private final EventLog log;

    LogHealth(EventLog log) {
        this.log = log;
    }

    @Override
    public Health health() {
        LogStatus status = log.status();
        return (status.state() == State.OPEN ? Health.up() : Health.outOfService())
                .withDetail("state", status.state())
                .withDetail("reason", status.reason())
                .withDetail("queueDepth", status.queueDepth())
                .withDetail("durableSequence", log.durableSequence())
                .build();
    }
}
