package retail.inventory.ops;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;
import retail.inventory.central.Audit;
import retail.inventory.central.Central;
import retail.inventory.central.CentralDeadLetters;
import retail.inventory.central.Freshness;
import retail.inventory.central.SyncWorker;

/**
 * How the central view is doing. It is up as soon as it answers: a view that stands still or lacks an event is still the
 * best there is, and its answers say how old they are.
 */
@Component("centralHealthIndicator")
@ConditionalOnExpression("'${inventory.role}' != 'api'")
class CentralHealth implements HealthIndicator {

    private final Central central;
    private final SyncWorker worker;
    private final CentralDeadLetters letters;
    private final Audit audit;

    CentralHealth(Central central, SyncWorker worker, CentralDeadLetters letters, Audit audit) {
        this.central = central;
        this.worker = worker;
        this.letters = letters;
        this.audit = audit;
    }

    /**
     * The central view's part of readiness.
     *
     * @param sequence the event up to which it is complete
     * @param behind how many durable events it lacks
     * @param lagMs how old it is, in milliseconds
     * @param stale whether that is more than {@code FRESHNESS_BOUND_MS}
     * @param deadLetters how many events it could not apply
     * @param mismatches how many SKUs the latest audit found different
     * @param problem why it stands still; empty when it does not
     */
    record State(
            long sequence, long behind, long lagMs, boolean stale, int deadLetters, long mismatches, String problem) {}

    boolean isStarted() {
        return central.isStarted();
    }

    State state() {
        Freshness freshness = worker.freshness();
        return new State(
                freshness.sequence(),
                worker.behind(),
                freshness.lagMs(),
                freshness.stale(),
                letters.size(),
                audit.report().mismatches(),
                worker.problem());
    }

    @Override
    public Health health() {
        return (isStarted() ? Health.up() : Health.outOfService())
                .withDetail("state", state())
                .build();
    }
}
