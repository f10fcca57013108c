package retail.inventory.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.background.PacedLoop;
import retail.inventory.table.HoldTable;

/**
 * Writes down that holds have ended, within a second, so that followers and the central view learn of it; and forgets those that have
 * been over for long. It tidies: no answer waits for it, for whoever needs units whose hold has ended takes them.
 */
public final class HoldSweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HoldSweeper.class);
    private static final long PAUSE_MS = 250;

    /** So many wait for the disk at a time, which makes few batches of them. */
    private static final int TOGETHER = 256;

    private static final int FORGETS_AT_ONCE = 10_000;

    private final InventoryService service;
    private final HoldTable holds;
    private final BooleanSupplier isOurs;
    private final Duration memory;
    private final PacedLoop loop;
    private final LongAdder expired = new LongAdder();
    private volatile String problem = "";

    /**
     * A sweeper that does not run yet.
     *
     * @param isOurs whether this process is the one of several that sweeps
     * @param memory how long a hold that is over is remembered
     */
    HoldSweeper(InventoryService service, HoldTable holds, BooleanSupplier isOurs, Duration memory) {
        this(service, holds, isOurs, memory, PAUSE_MS);
    }

    HoldSweeper(InventoryService service, HoldTable holds, BooleanSupplier isOurs, Duration memory, long pauseMs) {
        this.service = service;
        this.holds = holds;
        this.isOurs = isOurs;
        this.memory = memory;
        this.loop = new PacedLoop("hold-sweeper", pauseMs, this::pass, () -> {});
    }

    /** Begins, once callers are let in. */
    public void start() {
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    /** Why the last pass failed; empty when it did not. */
    public String problem() {
        return problem.isEmpty() ? loop.problem() : problem;
    }

    /** How many ends it has written down. */
    public long expired() {
        return expired.sum();
    }

    /** One pass over what has ended by now. */
    void pass() {
        Instant now = service.now();
        holds.forgetOver(now, memory, FORGETS_AT_ONCE);
        if (!isOurs.getAsBoolean()) {
            return;
        }
        String trouble = "";
        List<String> ended = holds.endedAt(now, TOGETHER);
        while (!ended.isEmpty() && trouble.isEmpty() && !loop.isClosed()) {
            trouble = expireAll(ended);
            ended = holds.endedAt(service.now(), TOGETHER); // the clock may have gone back: those have not ended then
        }
        if (!trouble.isEmpty() && !trouble.equals(problem)) {
            LOG.warn(
                    "The end of holds could not be written down; they have ended all the same, trying again: {}",
                    trouble);
        }
        problem = trouble;
    }

    private String expireAll(List<String> ids) {
        AtomicReference<String> trouble = new AtomicReference<>("");
        try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String id : ids) {
                each.execute(() -> {
                    try {
                        expire(id);
                    } catch (ServiceUnavailableException | OutcomeUnknownException e) {
                        trouble.set(String.valueOf(e.getMessage()));
                    }
                });
            }
        }
        return trouble.get();
    }

    private void expire(String id) {
        if (service.expireHold(id) instanceof Answer.Accepted) {
            expired.increment();
        }
        holds.tidied(id, service.now()); // others may have taken all its units before
    }
}
