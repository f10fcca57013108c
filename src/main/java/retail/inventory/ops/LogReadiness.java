package retail.inventory.ops;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.stereotype.Component;
import retail.inventory.files.DataDirectory;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.EventLog.LogStatus;
import retail.inventory.journal.EventLog.State;

/** Whether changes can be answered: one answer for our own readiness and for actuator's. */
@Component
@ConditionalOnExpression("'${inventory.role}' != 'worker'")
class LogReadiness {

    private final EventLog log;
    private final DataDirectory data;
    private final long busyMsMax;

    LogReadiness(
            EventLog log, DataDirectory data, @Value("${inventory.service.commit-timeout-ms}") long commitTimeoutMs) {
        this.log = log;
        this.data = data;
        this.busyMsMax = commitTimeoutMs;
    }

    LogStatus status() {
        return log.status();
    }

    /** Whether reads are served but changes are not. */
    boolean isReadOnly(LogStatus status) {
        return status.state() == State.READ_ONLY || !data.problem().isEmpty();
    }

    /** Why they cannot; null when they can. */
    @Nullable
    String trouble(LogStatus status) {
        String directory = data.problem();
        if (!directory.isEmpty()) {
            return directory;
        }
        if (status.state() != State.OPEN) {
            return status.reason();
        }
        if (status.busyMs() > busyMsMax) {
            return "the same write has been under way for " + status.busyMs() / 1000
                    + " s: the disk is slow, or another process on the same data has stopped while it wrote";
        }
        String following = log.followingProblem();
        return following.isEmpty() ? null : "what other processes write cannot be read: " + following;
    }
}
