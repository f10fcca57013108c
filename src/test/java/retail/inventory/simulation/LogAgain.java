package retail.inventory.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.journal.DeadLetters;
import retail.inventory.journal.Event;
import retail.inventory.journal.file.FileEventLog;
import retail.inventory.journal.file.Logs;

/** The log as another reader of the same files finds it. */
final class LogAgain {

    private LogAgain() {}

    /** All of it that is kept. */
    static List<Event> events(Surroundings world, DeadLetters letters) {
        List<Event> events = new ArrayList<>();
        try (FileEventLog reader = Logs.create(
                world.disk().copy(),
                Life.LOG,
                world.options(),
                letters,
                ImpatientBreakers.create(),
                world.threads(),
                world.nanoTime())) {
            reader.open(oldest(world) - 1, Duration.ZERO, events::add);
        }
        return events;
    }

    private static long oldest(Surroundings world) {
        try {
            return Logs.oldest(world.disk(), Life.LOG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
