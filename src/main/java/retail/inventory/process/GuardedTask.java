package retail.inventory.process;

import static net.logstash.logback.argument.StructuredArguments.value;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task that is done again and again by a loop, which outlives the errors that nobody foresaw ({@link Defects}). */
public final class GuardedTask {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedTask.class);

    private final String name;
    private volatile String problem = "";

    /** A task with the name of its thread. */
    public GuardedTask(String name) {
        this.name = name;
    }

    /** Does it once, and sees to what it does not see to itself; false when it failed: the loop should pause. */
    public boolean run(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            failed(e);
            return false;
        }
        if (!problem.isEmpty()) {
            LOG.info("The task {} works again", value("task", name));
            problem = "";
        }
        return true;
    }

    /** Which defect the last try met; empty when none. */
    public String problem() {
        return problem;
    }

    private void failed(Throwable defect) {
        String before = problem;
        problem = "a defect, see the log";
        try {
            Defects.caught(defect);
            problem = "a defect: " + defect;
            if (!problem.equals(before)) {
                LOG.error("The task {} met a defect; it goes on", value("task", name), defect);
            }
        } catch (RuntimeException | Error whileTelling) { // a stack that is full may be full here as well
            Defects.caught(whileTelling);
        }
    }
}
