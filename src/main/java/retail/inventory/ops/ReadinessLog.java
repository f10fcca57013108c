package retail.inventory.ops;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.central.Freshness;

/** Says when the service stops being ready and is ready again, and when the central view falls behind and catches up. */
final class ReadinessLog {

    private static final Logger LOG = LoggerFactory.getLogger(ReadinessLog.class);

    private final Supplier<@Nullable String> missing;
    private final Supplier<@Nullable Freshness> freshness;
    private boolean ready = true;
    private boolean stale;

    /**
     * What is looked at.
     *
     * @param missing why requests cannot be served; null when they can
     * @param freshness how old central answers are; null when this process gives none
     */
    ReadinessLog(Supplier<@Nullable String> missing, Supplier<@Nullable Freshness> freshness) {
        this.missing = missing;
        this.freshness = freshness;
    }

    /** Says what has changed since the last look; the start has told that all is ready. */
    synchronized void look() {
        String reason = missing.get();
        if (ready != (reason == null)) {
            ready = reason == null;
            if (reason == null) {
                LOG.info("Ready again");
            } else {
                LOG.warn("Not ready: {}", value("why", reason));
            }
        }
        Freshness now = freshness.get();
        if (now != null && stale != now.stale()) {
            stale = now.stale();
            if (stale) {
                LOG.warn(
                        "The central view has fallen behind: {} ms, at sequence {}",
                        value("lagMs", now.lagMs()),
                        value("sequence", now.sequence()));
            } else {
                LOG.info("The central view has caught up, at sequence {}", value("sequence", now.sequence()));
            }
        }
    }
}
