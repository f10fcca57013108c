package retail.inventory.process;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when it cannot go on, with a sentence: a service that is half dead looks alive, and nobody restarts it. What was
 * acknowledged is in the log, so an end at once loses nothing.
 *
 * <p>A process that is out of memory can do nothing that needs some: what is said on standard error was made at the start, and so was
 * the thread that ends the process a second later, whatever happens meanwhile.
 */
public final class ProcessEnd {

    /** The exit code of the JVM's own {@code -XX:+ExitOnOutOfMemoryError}. */
    static final int OUT_OF_MEMORY = 3;

    private static final int DEFECT = 4;
    private static final int NOT_YET = -1;
    private static final int CAUSES_MAX = 50;
    private static final Duration TO_SAY_IT = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);
    private static final AtomicInteger EXIT_CODE = new AtomicInteger(NOT_YET);
    private static final Map<Shortage, byte[]> LINES = new EnumMap<>(Shortage.class);
    private static volatile @Nullable Thread ender;

    private ProcessEnd() {}

    /** Has such errors end this process, for it is ours alone; threads that end by others say so. */
    public static void install() {
        for (Shortage one : Shortage.values()) {
            LINES.put(one, line(one.sentence()));
        }
        ProcessOutput.sayOnError(new byte[0]);
        ifOutOfMemory(new OutOfMemoryError("a rehearsal")); // the first call of anything needs memory
        Defects.rehearse();
        ender = Thread.ofPlatform().daemon().name("process-end").start(ProcessEnd::endWhenAsked);
        Thread.setDefaultUncaughtExceptionHandler(ProcessEnd::uncaught);
        HeapWatch.start();
    }

    private static void uncaught(Thread thread, Throwable thrown) {
        ifOutOfMemory(thrown); // before anything that needs memory
        Defects.ended(thread, thrown);
    }

    /** Ends the process when something was thrown for lack of memory, or because of something that was. */
    public static void ifOutOfMemory(@Nullable Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            if (cause instanceof OutOfMemoryError) {
                outOfMemory(Shortage.of(cause.getMessage()));
                return;
            }
            cause = cause.getCause();
        }
    }

    static void outOfMemory(Shortage shortage) {
        byte[] line = LINES.get(shortage);
        if (begun(OUT_OF_MEMORY)) {
            if (line != null) {
                ProcessOutput.sayOnError(line);
            }
            end(shortage.sentence(), null);
        }
    }

    /** Ends the process, if it is ours, because a part has failed that nothing works without. */
    public static void because(String what, Throwable defect) {
        String sentence =
                "The process ends with exit code " + DEFECT + ": " + what + ". What was acknowledged is in the log";
        if (begun(DEFECT)) {
            ProcessOutput.sayOnError(line(sentence));
            end(sentence, defect);
        }
    }

    private static byte[] line(String sentence) {
        return (sentence + ".\n").getBytes(StandardCharsets.UTF_8);
    }

    private static boolean begun(int exitCode) {
        Thread thread = ender;
        if (thread == null || !EXIT_CODE.compareAndSet(NOT_YET, exitCode)) {
            return false;
        }
        LockSupport.unpark(thread);
        return true;
    }

    private static void end(String sentence, @Nullable Throwable defect) {
        try {
            LOG.error(sentence, defect);
        } catch (RuntimeException | Error unsaid) {
            // it was said on standard error
        }
        ProcessOutput.halt(EXIT_CODE.get());
    }

    private static void endWhenAsked() {
        while (EXIT_CODE.get() == NOT_YET) {
            LockSupport.park();
        }
        long start = System.nanoTime();
        long left = TO_SAY_IT.toNanos();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = TO_SAY_IT.toNanos() - (System.nanoTime() - start);
        }
        Runtime.getRuntime().halt(EXIT_CODE.get());
    }
}
