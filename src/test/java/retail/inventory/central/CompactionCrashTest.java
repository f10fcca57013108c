package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.simulation.ExpectedErrors;

/**
 * A process that is killed, or loses power, just before or just after each step of a snapshot and of compaction: nothing
 * is lost, and nothing that was put away is revived.
 */
@ExtendWith(ExpectedErrors.class)
class CompactionCrashTest {

    private static final int ROUNDS = 50;

    /** The steps, as the disk sees them, in their order. */
    enum Step {
        WRITE_SNAPSHOT(Operation.WRITE, ".*/central/.*\\.tmp"),
        FORCE_SNAPSHOT(Operation.FORCE, ".*/central/.*\\.tmp"),
        NAME_SNAPSHOT(Operation.RENAME, ".*/central/central-\\d+\\.json"),
        SYNC_SNAPSHOT(Operation.SYNC, ".*/central"),
        DELETE_OLD_SNAPSHOT(Operation.DELETE, ".*/central/central-\\d+\\.json"),
        WRITE_ARCHIVE(Operation.WRITE, ".*/archive/.*\\.tmp"),
        FORCE_ARCHIVE(Operation.FORCE, ".*/archive/.*\\.tmp"),
        NAME_ARCHIVE(Operation.RENAME, ".*/archive/.*\\.gz"),
        SYNC_ARCHIVE(Operation.SYNC, ".*/archive"),
        DELETE_SEGMENT(Operation.DELETE, ".*/wal/.*\\.jsonl"),
        SYNC_LOG(Operation.SYNC, ".*/wal"),
        EXPIRE_ARCHIVE(Operation.DELETE, ".*/archive/.*\\.gz");

        private final Operation operation;
        private final String file;

        Step(Operation operation, String file) {
            this.operation = operation;
            this.file = file;
        }

        private boolean is(Operation one, Path on) {
            return one == operation && on.toString().matches(file);
        }

        private boolean needsAnArchive() {
            return name().contains("ARCHIVE");
        }
    }

    /** How long the archive is kept: for ever, not at all, or less than the events are old. */
    enum Keep {
        ALL,
        NOTHING,
        AN_HOUR
    }

    @ParameterizedTest
    @EnumSource
    void losesAndRevivesNothing(Step step) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            Keep keep = Keep.values()[round % 3];
            if (step == Step.EXPIRE_ARCHIVE) {
                keep = Keep.AN_HOUR;
            } else if (step.needsAnArchive() && keep == Keep.NOTHING) {
                keep = Keep.ALL;
            }
            try {
                crashAt(step, keep, new Random(step.name().hashCode() + round));
            } catch (IOException | RuntimeException | AssertionError e) {
                throw new AssertionError(step + ", round " + round + ", keeping " + keep, e);
            }
        }
    }

    private static void crashAt(Step step, Keep keep, Random random) throws IOException {
        SimDisk disk = new SimDisk();
        Chain chain =
                new Chain(random, keep == Keep.ALL ? null : keep == Keep.NOTHING ? Duration.ZERO : Duration.ofHours(1));
        try (Chain.Life first = chain.begin(disk)) {
            for (int i = 0; i < 3; i++) { // so that there are old snapshots, and segments to put away
                first.sell(10 + random.nextInt(10));
                first.save();
            }
            first.looksAtTheLog();
            chain.timePasses();
            first.sell(1 + random.nextInt(5));
            first.sellOnce("a key that is young");
            FailPoint point = new FailPoint(step, random);
            disk.hook(point);
            first.saveAndCompact();
            assertThat(point.taken()).as("how often the step was taken").isPositive();
            disk = random.nextBoolean() ? disk.kill() : disk.crash(random);
        }
        disk.hook(DiskHook.NONE);
        try (Chain.Life second = chain.begin(disk)) {
            second.requireAgreement();
            second.sellOnce("a key that is young");
            second.sell(10);
            second.saveAndCompact();
            second.requireAgreement();
            assertThat(second.hasCompacted()).isTrue();
            disk = disk.crash(random);
        }
        try (Chain.Life third = chain.begin(disk)) {
            third.requireAgreement();
            third.sellOnce("a key that is young");
        }
    }

    /** Ends everything just before one of the first times a step is taken, or just after it. */
    private static final class FailPoint implements DiskHook {
        private final Step step;
        private final boolean after;
        private int left;
        private int taken;
        private boolean ended;

        private FailPoint(Step step, Random random) {
            this.step = step;
            this.after = random.nextBoolean();
            this.left = 1 + random.nextInt(3);
        }

        @Override
        public synchronized void before(Operation operation, Path file) throws IOException {
            if (step.is(operation, file)) {
                taken++;
                left--;
                ended |= left == 0 && !after;
            } else {
                ended |= left <= 0;
            }
            if (ended) {
                throw new IOException("the process ends at " + step);
            }
        }

        synchronized int taken() {
            return taken;
        }
    }
}
