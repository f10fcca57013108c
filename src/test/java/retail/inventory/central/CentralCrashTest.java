package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import retail.inventory.files.DiskHook;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Appended;
import retail.inventory.journal.Event;
import retail.inventory.journal.Events;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.OvertakenException;
import retail.inventory.journal.Submitter;
import retail.inventory.journal.file.FileEventLog;
import retail.inventory.simulation.ExpectedErrors;

/** Many short lives of log and central copy on one disk, each ended by a power cut, a killed process or a stop. */
@Isolated("a lock shared with other tests would decide what only a seed may")
@ExtendWith(ExpectedErrors.class)
class CentralCrashTest {

    private static final int SEEDS = 200;
    private static final int LIVES = 3;
    private static final int SKUS = 5;
    private static final Path WAL = Path.of("/data/wal");
    private static final FileEventLog.Options SMALL = new FileEventLog.Options(1500, 1 << 20, 1, false, null);

    @Test
    void agreesWithTheLogAfterEveryRestart() {
        int fromSnapshots = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            Simulation simulation = new Simulation(seed);
            try {
                simulation.run();
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed, e);
            }
            fromSnapshots += simulation.fromSnapshots;
        }
        assertThat(fromSnapshots).as("lives that began with a snapshot").isGreaterThan(SEEDS);
    }

    private static final class Simulation {
        private final Random random;
        private SimDisk disk = new SimDisk();
        private final Map<String, Long> versions = new TreeMap<>();
        private long ids;
        private int fromSnapshots;

        private Simulation(long seed) {
            random = new Random(seed);
        }

        private void run() throws IOException {
            for (int life = 0; life < LIVES; life++) {
                disk.hook(random.nextInt(5) == 0 ? DiskHook.failingAt(1 + random.nextInt(25), true) : DiskHook.NONE);
                live();
            }
            disk.hook(DiskHook.NONE);
            live();
        }

        private void live() throws IOException {
            List<Event> logged = new ArrayList<>();
            FileEventLog log = new FileEventLog(disk, WAL, SMALL, (reason, place, bytes) -> {
                throw new AssertionError("nothing is quarantined: " + reason);
            });
            Copy copy = new Copy(disk, log, 1);
            try {
                log.open(0, Duration.ZERO, logged::add);
                copy.central.start(random.nextInt(8) == 0);
            } catch (LogUnavailableException injected) {
                crash();
                log.close();
                copy.worker.close();
                copy.close();
                return;
            }
            disk.hook(DiskHook.NONE);
            requireAgreement(copy, log, logged);
            disk.hook(
                    random.nextInt(3) == 0
                            ? DiskHook.failingAt(1 + random.nextInt(60), random.nextBoolean())
                            : DiskHook.NONE);
            int steps = 1 + random.nextInt(8);
            for (int step = 0; step < steps; step++) {
                step(copy, log);
            }
            boolean stopsFirst = random.nextInt(4) == 0;
            if (!stopsFirst) {
                crash();
            }
            copy.close();
            log.close();
            if (stopsFirst) {
                crash();
            }
        }

        private void step(Copy copy, FileEventLog log) {
            if (random.nextInt(3) == 0) {
                try {
                    copy.save();
                } catch (IOException injected) {
                    return; // the one before must do
                }
            } else {
                append(log, 1 + random.nextInt(12));
            }
        }

        /** Appends a batch; what was not acknowledged leaves its version to the next event of the SKU. */
        private void append(FileEventLog log, int count) {
            List<Event> events = new ArrayList<>();
            List<CompletableFuture<Appended>> answers = new ArrayList<>();
            Map<String, Long> next = new TreeMap<>(versions);
            AtomicBoolean lost = new AtomicBoolean();
            for (int i = 0; i < count; i++) {
                String sku = "SKU " + random.nextInt(SKUS);
                Event event = event(sku, next.merge(sku, 1L, Long::sum));
                CompletableFuture<Appended> answer = new CompletableFuture<>();
                try {
                    log.append(event, new OfABatch(answer, lost));
                } catch (LogUnavailableException | OvertakenException readOnlyOrWasMeanwhile) {
                    break;
                }
                events.add(event);
                answers.add(answer);
            }
            for (int i = 0; i < answers.size(); i++) {
                if (answers.get(i).join() instanceof Appended.Durable) {
                    versions.put(
                            events.get(i).movement().key().sku(),
                            events.get(i).movement().version());
                }
            }
        }

        /** One of several that build on each other: none goes to the log after one of them was lost. */
        private record OfABatch(CompletableFuture<Appended> answer, AtomicBoolean lost) implements Submitter {

            @Override
            public void accept(Appended outcome) {
                if (!(outcome instanceof Appended.Durable)) {
                    lost.set(true);
                }
                answer.complete(outcome);
            }

            @Override
            public boolean stands() {
                return !lost.get();
            }
        }

        private Event event(String sku, long version) {
            ids++;
            return Events.event(
                    Event.NOT_YET,
                    new UUID(3, ids),
                    ids,
                    Event.ADJUST,
                    "S" + sku.length() % 2,
                    sku,
                    version == 1 ? 1000 : 1,
                    null,
                    999 + version,
                    version,
                    null);
        }

        private void requireAgreement(Copy copy, FileEventLog log, List<Event> logged) throws IOException {
            Map<String, String> fold = new TreeMap<>();
            versions.clear();
            for (Event event : logged) {
                fold.put(
                        event.movement().key().storeId() + "/"
                                + event.movement().key().sku(),
                        event.movement().qty() + "@" + event.movement().version());
                assertThat(event.movement().version())
                        .isEqualTo(versions.merge(event.movement().key().sku(), 1L, Long::sum));
            }
            assertThat(copy.stock()).isEqualTo(fold);
            assertThat(copy.worker.position()).isEqualTo(log.durableSequence()).isEqualTo(logged.size());
            assertThat(copy.dead()).isEmpty();
            long snapshot = copy.snapshots.load(new CentralInventory()).through();
            assertThat(snapshot).isLessThanOrEqualTo(logged.size());
            fromSnapshots += snapshot > 0 ? 1 : 0;
        }

        private void crash() {
            disk = random.nextInt(3) == 0 ? disk.kill() : disk.crash(random);
        }
    }
}
