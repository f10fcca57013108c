package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import retail.inventory.disk.ImpatientBreakers;
import retail.inventory.disk.SimDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.BatchObserver;
import retail.inventory.journal.EventLog.State;
import retail.inventory.simulation.ExpectedErrors;

@ExtendWith(ExpectedErrors.class)
class WatchedEndTest {

    private final SimDisk disk = new SimDisk();

    @Test
    void tellsOfEachBatch() {
        List<String> told = new ArrayList<>();
        BatchObserver observer = (first, last, nanos) -> {
            assertThat(nanos).isBetween(1L, Duration.ofMinutes(1).toNanos());
            told.add(first + "-" + last);
        };
        try (FileEventLog log = log(observer)) {
            log.open(0, Instant.EPOCH, event -> {});
            assertThat(append(log, 1)).isEqualTo(new Appended.Durable(1));
            assertThat(append(log, 2)).isEqualTo(new Appended.Durable(2));
        }
        assertThat(told).containsExactly("1-1", "2-2");
        List<Long> found = new ArrayList<>();
        try (FileEventLog again = log(observer)) {
            again.open(0, Instant.EPOCH, event -> found.add(event.sequence()));
        }
        assertThat(found).containsExactly(1L, 2L);
    }

    @Test
    void callsNothingFailedBecauseSomebodyWhoWatchesFails() {
        BatchObserver broken = (first, last, nanos) -> {
            throw new IllegalStateException("broken");
        };
        try (FileEventLog log = log(broken)) {
            log.open(0, Instant.EPOCH, event -> {});
            assertThat(append(log, 1)).isEqualTo(new Appended.Durable(1));
            assertThat(log.status().state()).isEqualTo(State.OPEN);
        }
    }

    private static Appended append(FileEventLog log, int number) {
        CompletableFuture<Appended> answer = new CompletableFuture<>();
        log.append(LogOnDisk.event(number), answer::complete);
        return answer.join();
    }

    private FileEventLog log(BatchObserver observer) {
        return new FileEventLog(
                disk,
                LogOnDisk.DIRECTORY,
                LogOnDisk.OPTIONS,
                new FileDeadLetters(disk, LogOnDisk.DEAD_LETTERS, () -> Instant.EPOCH),
                InstantSource.system(),
                ImpatientBreakers.create(),
                FileEventLog.PLATFORM,
                System::nanoTime,
                null,
                observer);
    }
}
