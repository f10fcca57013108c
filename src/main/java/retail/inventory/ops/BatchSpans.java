package retail.inventory.ops;

import io.opentelemetry.api.trace.Tracer;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;
import retail.inventory.boot.TracingSwitch;
import retail.inventory.journal.BatchObserver;

/**
 * A span for each sync of the disk, in a trace of its own, for it serves many requests: their {@code wait-durable} spans
 * have the sequence that says in which batch they were.
 */
@Component
@ConditionalOnExpression(TracingSwitch.IS_ON)
class BatchSpans implements BatchObserver {

    private final Tracer tracer;
    private final InstantSource clock;

    BatchSpans(Tracer tracer, InstantSource clock) {
        this.tracer = tracer;
        this.clock = clock;
    }

    @Override
    public void durable(long first, long last, long nanos, long forceNanos) {
        long ended = TimeUnit.MILLISECONDS.toNanos(clock.millis());
        tracer.spanBuilder("sync-batch")
                .setNoParent()
                .setStartTimestamp(ended - nanos, TimeUnit.NANOSECONDS)
                .setAttribute("inventory.sequence.first", first)
                .setAttribute("inventory.sequence.last", last)
                .startSpan()
                .end(ended, TimeUnit.NANOSECONDS);
    }
}
