package retail.inventory.process;

import static net.logstash.logback.argument.StructuredArguments.value;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process prints, on standard output and standard error: whatever becomes of these, a pipe that nobody reads or that is closed, a
 * full disk, a terminal that was stopped, no thread waits for them. Put in the place of {@code System.out} and {@code System.err}, it serves
 * the log in each format, and all that libraries and the JDK print besides. An asynchronous appender would serve the log alone; Logback's
 * drops lines without a word, counts events and not bytes, and waits for its reader at the end.
 */
public final class ProcessOutput {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessOutput.class);

    /** A few thousand lines. */
    private static final int OUTPUT_BYTES = 1 << 20;

    private static final int ERRORS_BYTES = 1 << 16;

    private static final Duration AT_THE_END = Duration.ofMillis(500);

    private static volatile @Nullable BoundedOutput output;
    private static volatile @Nullable BoundedOutput errors;

    private ProcessOutput() {}

    /** Takes over both for good. For a process that is ours alone: once, before anything is printed. */
    public static void install() {
        BoundedOutput out = before("standard-output", "standard output", FileDescriptor.out, OUTPUT_BYTES);
        BoundedOutput err = before("standard-error", "standard error", FileDescriptor.err, ERRORS_BYTES);
        System.setOut(new PrintStream(out, false, System.out.charset()));
        System.setErr(new PrintStream(err, false, System.err.charset()));
        output = out;
        errors = err;
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("last-lines").unstarted(ProcessOutput::drain));
    }

    private static BoundedOutput before(String thread, String name, FileDescriptor descriptor, int bytes) {
        return new BoundedOutput(
                thread,
                new FileOutputStream(descriptor),
                bytes,
                count -> LOG.warn(
                        "{} lines were dropped here: nobody read {} fast enough, or it could not be written",
                        value("dropped", count),
                        value("stream", name)));
    }

    /** How many lines were dropped since the start. */
    public static long dropped() {
        return of(output) + of(errors);
    }

    /** Waits for what was printed to be read, as long as somebody reads it and for half a second at most. */
    public static void drain() {
        BoundedOutput out = output;
        BoundedOutput err = errors;
        long start = System.nanoTime();
        if (out != null && err != null) {
            boolean _ = out.drain(AT_THE_END.toNanos());
            boolean _ = err.drain(AT_THE_END.toNanos() - (System.nanoTime() - start));
        }
    }

    /** Ends the process at once, but for its last lines ({@link #drain}). */
    public static void halt(int exitCode) {
        drain();
        Runtime.getRuntime().halt(exitCode);
    }

    /** Says something on standard error, and needs no memory for it. */
    static void sayOnError(byte[] line) {
        BoundedOutput err = errors;
        if (err != null) {
            err.write(line, 0, line.length);
        }
    }

    private static long of(@Nullable BoundedOutput one) {
        return one == null ? 0 : one.dropped();
    }
}
