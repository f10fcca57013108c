package retail.inventory.ops;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;
import retail.inventory.background.DiskBreakers;
import retail.inventory.boot.BackgroundWork;

/**
 * The circuit breakers, for actuator. It is up whatever they are: without inventory files and snapshots everything is still
 * served, and whether the log takes changes the indicator {@code log} says.
 */
@Component("breakersHealthIndicator")
class BreakersHealth implements HealthIndicator {

    private final DiskBreakers breakers;
    private final BackgroundWork work;

    BreakersHealth(DiskBreakers breakers, BackgroundWork work) {
        this.breakers = breakers;
        this.work = work;
    }

    @Override
    public Health health() {
        return Health.up()
                .withDetail("states", breakers.states())
                .withDetail("problems", work.problems())
                .build();
    }
}
