package retail.inventory.boot;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;
import retail.inventory.background.PacedLoop;
import retail.inventory.central.CentralFiles;
import retail.inventory.checkpoint.InventoryFiles;
import retail.inventory.files.RoleLock;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.file.LogFootprint;
import retail.inventory.service.Idempotency;

/**
 * Tells the log, now and then, what nobody needs from it any more: events that both the inventory files and the central
 * view's snapshots have, unless an idempotency key lives in them. Of several processes the one that has the inventory
 * files does.
 */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
class LogCompaction implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LogCompaction.class);
    private static final long PAUSE_MS = 2000;

    private final EventLog log;
    private final LogFootprint footprint;
    private final InventoryFiles files;
    private final CentralFiles central;
    private final Idempotency idempotency;
    private final ClockWatch clock;
    private final RoleLock role;
    private final PacedLoop loop = new PacedLoop("log-compaction", PAUSE_MS, this::pass, this::lastPass);
    private volatile String problem = "";

    LogCompaction(
            EventLog log,
            LogFootprint footprint,
            InventoryFiles files,
            CentralFiles central,
            Idempotency idempotency,
            ClockWatch clock,
            @Qualifier("filesRole") RoleLock role) {
        this.log = log;
        this.footprint = footprint;
        this.files = files;
        this.central = central;
        this.idempotency = idempotency;
        this.clock = clock;
        this.role = role;
    }

    void start() {
        loop.start();
    }

    /** Why the last pass failed; empty when it did not. */
    String problem() {
        return problem.isEmpty() ? loop.problem() : problem;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void look() {
        try {
            footprint.look();
        } catch (IOException | RuntimeException e) {
            LOG.debug("The size of the log is not known: {}", e.toString());
        }
    }

    private void rest(long tookNanos) {
        loop.restAfter(tookNanos);
        if (loop.isClosed()) {
            throw new CancellationException();
        }
    }

    /** Of the events in the inventory files, which are looked at first: those had their keys remembered before. */
    private long keysFrom() {
        long saved = files.savedThrough();
        return Math.min(saved + 1, idempotency.firstNeeded());
    }

    private void lastPass() {
        if (!role.isHeld()) {
            return;
        }
        try {
            log.keepKeysFrom(keysFrom());
        } catch (RuntimeException e) {
            LOG.debug("The next start remembers more keys than live: {}", e.toString());
        }
    }

    private void pass() {
        look();
        clock.look();
        if (!role.isHeld()) {
            return; // another process saves the files, and knows what they have
        }
        try {
            long keysFrom = keysFrom();
            long through = Math.min(Math.min(files.savedThrough(), central.covered()), keysFrom - 1);
            log.release(through, Duration.ofMillis(idempotency.ttlMs()), this::rest);
            log.keepKeysFrom(keysFrom);
            problem = "";
        } catch (CancellationException stopping) {
            LOG.debug("Compaction stops in the middle of a segment, which stays");
        } catch (IOException | RuntimeException e) {
            if (!e.toString().equals(problem)) {
                LOG.warn("The log could not be compacted; nothing is lost, trying again: {}", e.toString());
            }
            problem = e.toString();
        }
    }
}
