package retail.inventory.ops;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;
import retail.inventory.journal.file.FollowedLog;

/** Whether a worker can follow the log of the process that writes it. Its queries are answered even when it cannot. */
@Component("logHealthIndicator")
@ConditionalOnExpression("'${inventory.role}' == 'worker'")
class FollowedLogHealth implements HealthIndicator {

    private final FollowedLog log;

    FollowedLogHealth(FollowedLog log) {
        this.log = log;
    }

    @Override
    public Health health() {
        return Health.up()
                .withDetail("problem", log.problem())
                .withDetail("durableSequence", log.durableSequence())
                .withDetail("lookAgeMs", log.lookAgeMs())
                .build();
    }
}
