package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.files.Disk;
import retail.inventory.files.Presence;
import retail.inventory.files.ProcessMutex;
import retail.inventory.journal.DeadLetters;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventLog;
import retail.inventory.journal.OvertakenException;
import retail.inventory.journal.Submitter;

/** Logs of this process that come to terms as if each were in a process of its own. */
public final class Neighbours {

    private final ReentrantLock turn = new ReentrantLock(true);
    private final AtomicInteger present = new AtomicInteger();

    /** One more. */
    public FileEventLog log(Disk disk, Path directory, FileEventLog.Options options, DeadLetters deadLetters) {
        return new FileEventLog(
                disk,
                directory,
                options,
                deadLetters,
                ImpatientBreakers.create(),
                Thread.ofPlatform().name("log-writer").factory(),
                System::nanoTime,
                System::nanoTime,
                new Sharing(new Turns(), new Seat()),
                List.of());
    }

    /** Appends as who decides again when the log goes back. */
    static void append(EventLog log, Event event, Submitter submitter) {
        while (true) {
            try {
                log.append(event, submitter);
                return;
            } catch (OvertakenException e) {
                log.requireTaking();
            }
        }
    }

    private final class Turns implements ProcessMutex {

        @Override
        public <T extends @Nullable Object> T inside(Work<T> work) throws IOException {
            turn.lock();
            try {
                return work.run();
            } finally {
                turn.unlock();
            }
        }

        @Override
        public void close() {}
    }

    private final class Seat implements Presence {

        @Override
        public boolean join() {
            return present.getAndIncrement() == 0;
        }

        @Override
        public void close() {
            present.decrementAndGet();
        }
    }
}
