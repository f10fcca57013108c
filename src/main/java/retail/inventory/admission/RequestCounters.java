package retail.inventory.admission;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts of requests and of what became of them since the start. Safe for use by several threads. */
public final class RequestCounters {

    private static final int CONFLICT = 409;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    /** Of a request that asks for something HTTP has and this service does not do: its client's error, whatever the number. */
    private static final int NOT_IMPLEMENTED = 501;

    private static final int VERSION_NOT_SUPPORTED = 505;

    private final LongAdder requests = new LongAdder();
    private final LongAdder clientErrors = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder rateLimited = new LongAdder();
    private final LongAdder shed = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();

    RequestCounters() {}

    /** A request has come. */
    public void began() {
        requests.increment();
        inFlight.incrementAndGet();
    }

    /** Its answer has this status. */
    public void ended(int status) {
        inFlight.decrementAndGet();
        if (status >= SERVER_ERROR && status != NOT_IMPLEMENTED && status != VERSION_NOT_SUPPORTED) {
            errors.increment();
        } else if (status >= CLIENT_ERROR) {
            clientErrors.increment();
            if (status == CONFLICT) {
                conflicts.increment();
            }
        }
    }

    /** It was sent away because its client sends too many. */
    public void rateLimited() {
        rateLimited.increment();
    }

    /** It was sent away because too many are waiting. */
    public void shed() {
        shed.increment();
    }

    /** How many requests came; those about health, metrics and actuator do not count. */
    public long requests() {
        return requests.sum();
    }

    /** How many were answered with 400 to 499, 501 or 505. */
    public long clientErrors() {
        return clientErrors.sum();
    }

    /** How many were answered with 500 or more, but for 501 and 505. */
    public long errors() {
        return errors.sum();
    }

    /** How many were answered with 409. */
    public long conflicts() {
        return conflicts.sum();
    }

    /** How many were sent away because their client sent too many. */
    public long rateLimitedTotal() {
        return rateLimited.sum();
    }

    /** How many were sent away because too many were waiting. */
    public long shedTotal() {
        return shed.sum();
    }

    /** How many are being served, streams included. */
    public int inFlight() {
        return inFlight.get();
    }
}
