package retail.inventory.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.DiskHook;

/** A disk that works, fails or hangs as a test says. */
final class SwitchedDisk implements DiskHook {

    private static final long HANGS_SECONDS = 120;

    private final AtomicLong failures = new AtomicLong();
    private volatile Optional<Fault> fault = Optional.empty();

    /**
     * What is wrong.
     *
     * @param error what fails with; null = it hangs
     * @param opens whether opening is concerned, which reading needs, or everything else, which only writing needs
     */
    private record Fault(Predicate<Path> files, @Nullable String error, boolean opens, CountDownLatch over) {}

    /** From now on nothing can be written to files like these. */
    void fails(String error, Predicate<Path> files) {
        fault = Optional.of(new Fault(files, error, false, new CountDownLatch(1)));
    }

    /** From now on no file like these can be opened. */
    void failsToOpen(String error, Predicate<Path> files) {
        fault = Optional.of(new Fault(files, error, true, new CountDownLatch(1)));
    }

    /** From now on writing to files like these takes until {@link #works}. */
    void hangs(Predicate<Path> files) {
        fault = Optional.of(new Fault(files, null, false, new CountDownLatch(1)));
    }

    /** From now on everything works, also what hangs. */
    void works() {
        Optional<Fault> ended = fault;
        fault = Optional.empty();
        ended.ifPresent(one -> one.over().countDown());
    }

    /** How many operations have failed. */
    long failures() {
        return failures.get();
    }

    /** The files of a directory, and the directory itself. */
    static Predicate<Path> in(String directory) {
        return file -> file.endsWith(directory) || file.resolveSibling("").endsWith(directory);
    }

    @Override
    public void before(Operation operation, Path file) throws IOException {
        Fault now = fault.orElse(null);
        if (now == null
                || (operation == Operation.OPEN) != now.opens()
                || !now.files().test(file)) {
            return;
        }
        if (now.error() != null) {
            failures.incrementAndGet();
            throw new IOException(now.error());
        }
        try {
            if (!now.over().await(HANGS_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("nobody made the disk work again");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
