package retail.inventory.ops;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;
import retail.inventory.audit.Audit;
import retail.inventory.central.Central;
import retail.inventory.central.CentralDeadLetters;
import retail.inventory.central.Freshness;
import retail.inventory.central.SyncWorker;

/**
 * How the central view is doing. It is up as soon as it answers: a view that stands still or lacks an event is still the
 * best there is, and its answers say how old they are. A process that serves stock is up as well while another one has the
 * central view.
 */
@Component("centralHealthIndicator")
@ConditionalOnExpression("'${inventory.role}' != 'api'")
class CentralHealth implements HealthIndicator {

    private final Central central;
    private final SyncWorker worker;
    private final CentralDeadLetters letters;
    private final Audit audit;
    private final boolean servesStock;

    CentralHealth(
            Central central,
            SyncWorker worker,
            CentralDeadLetters letters,
            Audit audit,
            @Value("${inventory.role}") String role) {
        this.central = central;
        this.worker = worker;
        this.letters = letters;
        this.audit = audit;
        this.servesStock = !role.equals("worker");
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

    /** Whether another process has the central view. */
    public boolean isStandingBy() {
        return central.isStandingBy();
    }

    /** Why requests that this process is there for cannot be answered; null when they can. */
    @Nullable
    String missing() {
        if (central.isStandingBy()) {
            return servesStock ? null : "another process has the central view, this one stands by";
        }
        return central.isStarted() ? null : "the central view is still reading its data";
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
                PathsLeftOut.of(worker.problem()));
    }

    @Override
    public Health health() {
        Health.Builder health = missing() == null ? Health.up() : Health.outOfService();
        return (isStandingBy() ? health.withDetail("role", "standby") : health.withDetail("state", state())).build();
    }
}
