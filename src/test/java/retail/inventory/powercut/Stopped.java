package retail.inventory.powercut;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import retail.inventory.faults.Moments;
import retail.inventory.process.ServiceProcess;

/**
 * A process that stands still, as everything does when the power goes: it sends nothing more.
 *
 * <p>Without it the test would accuse the innocent. While ext4 is being shut down a sync may be answered with success
 * although its data is lost: a loop of write and fdatasync alone was told so in 2 of 40 shutdowns (Linux 6.18).
 */
final class Stopped {

    private static final Duration STOP_MAX = Duration.ofSeconds(10);

    /** Stopped, the same under a tracer, or in a call from which it comes back stopped. */
    private static final String STANDS_STILL = "TtDZX";

    private Stopped() {}

    /** Stops it; no thread of it runs when this returns. */
    static void await(ServiceProcess service) throws IOException {
        service.signal("STOP");
        Path threads = Path.of("/proc/" + service.pid() + "/task");
        if (!Moments.within(STOP_MAX, () -> allStandStill(threads))) {
            throw new IOException("the service does not stop");
        }
    }

    private static boolean allStandStill(Path threads) {
        try (Stream<Path> all = Files.list(threads)) {
            List<Path> each = all.toList();
            for (Path thread : each) {
                String stat = Files.readString(thread.resolve("stat"));
                // The state comes after the name, which is in brackets and may have any.
                if (STANDS_STILL.indexOf(stat.charAt(stat.lastIndexOf(')') + 2)) < 0) {
                    return false;
                }
            }
            return true;
        } catch (IOException ended) {
            return !Files.exists(threads); // if it was only a thread, the next look tells
        }
    }
}
