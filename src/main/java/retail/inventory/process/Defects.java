package retail.inventory.process;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a thread that meets an error that nobody foresaw. A loop counts it, says it and goes on after a pause; a thread that ends
 * by one says so; lack of memory ends the process ({@link ProcessEnd}). So no thread is gone without a word.
 */
public final class Defects {

    private static final Logger LOG = LoggerFactory.getLogger(Defects.class);
    private static final AtomicLong COUNT = new AtomicLong();

    private Defects() {}

    /** Counts what the caller has caught and says itself. */
    public static void caught(Throwable defect) {
        ProcessEnd.ifOutOfMemory(defect);
        COUNT.incrementAndGet();
    }

    /** Makes what is needed later, when there may be no memory for it. */
    static void rehearse() {
        LOG.trace("{}", COUNT);
    }

    /** How many there were since the start. */
    public static long count() {
        return COUNT.get();
    }

    /** Work for a thread of somebody else, who would keep its failure to himself. */
    public static Runnable told(String name, Runnable work) {
        return () -> {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                caught(e);
                LOG.error("{} failed because of a defect", name, e);
            }
        };
    }

    /** For threads that end by one. */
    static void ended(Thread thread, Throwable defect) {
        caught(defect);
        LOG.error("A defect has ended the thread {}", thread.getName(), defect);
        if (defect instanceof VirtualMachineError && !(defect instanceof StackOverflowError)) {
            ProcessEnd.because("the Java virtual machine has failed", defect);
        }
    }
}
