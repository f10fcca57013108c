package retail.inventory.journal.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.LogUnavailableException;

/** Which history a log tells, so that a position in one is not taken for a position in another. */
class LogIdentityTest {

    private static final Path FILE = LogOnDisk.DIRECTORY.resolve("identity");
    private static final String FORM = "[abc][0-9a-f]{7}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

    private final SimDisk disk = new SimDisk();

    @Test
    void aNewLogGetsOneAndKeepsIt() {
        String first = opened(disk);
        assertThat(first).matches(FORM);
        LogOnDisk.write(disk, 3, LogOnDisk.OPTIONS);
        assertThat(opened(disk)).isEqualTo(first);
        assertThat(opened(new SimDisk())).isNotEqualTo(first);
    }

    @Test
    void noneIsTakenForADecimalNumber() {
        Set<Character> firstDigits = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            firstDigits.add(opened(new SimDisk()).charAt(0));
        }
        assertThat(firstDigits).isSubsetOf('a', 'b', 'c').hasSizeGreaterThan(1);
    }

    @Test
    void aCopyWithoutTheFileBeginsAHistoryOfItsOwnEachTimeItIsPutBack() {
        String first = opened(disk);
        LogOnDisk.write(disk, 3, LogOnDisk.OPTIONS);
        disk.remove(FILE);
        String second = opened(disk.copy());
        String third = opened(disk.copy());
        assertThat(Set.of(first, second, third)).hasSize(3);
    }

    /** What was kept under the id of a log that a copy continues is right up to where the copy was taken. */
    @Test
    void aLogHoldsItsOwnPositionsAndThoseOfWhatItContinuesUpToThere() {
        String first = opened(disk);
        LogOnDisk.write(disk, 3, LogOnDisk.OPTIONS);
        disk.remove(FILE);
        assertThat(holdsThrough(first)).as("put back, not opened yet").isEqualTo(Long.MAX_VALUE);
        String second = opened(disk);
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            log.appendDurably(LogOnDisk.event(4));
        }
        disk.remove(FILE);
        String third = opened(disk);
        assertThat(List.of(holdsThrough(first), holdsThrough(second), holdsThrough(third)))
                .containsExactly(3L, 4L, Long.MAX_VALUE);
        assertThat(holdsThrough("another")).isEqualTo(-1);
        assertThat(LogIdentity.holdsThrough(new SimDisk(), LogOnDisk.DIRECTORY, first))
                .as("of a log that says nothing")
                .isEqualTo(Long.MAX_VALUE);
    }

    private long holdsThrough(String logId) {
        return LogIdentity.holdsThrough(disk, LogOnDisk.DIRECTORY, logId);
    }

    @Test
    void aDamagedFileBeginsAHistoryOfItsOwn() throws IOException {
        String first = opened(disk);
        byte[] content = disk.read(FILE);
        for (byte[] damaged : new byte[][] {
            new byte[0],
            new byte[] {'\n'},
            new String(content, US_ASCII).replace('a', 'b').getBytes(US_ASCII)
        }) {
            disk.put(FILE, damaged);
            String next = opened(disk);
            assertThat(next).matches(FORM).isNotEqualTo(first);
            assertThat(opened(disk)).isEqualTo(next);
        }
    }

    /** What was acknowledged and could not be read is not part of what comes after. */
    @Test
    void aQuarantineThatGivesEventsUpBeginsAnotherHistory() throws IOException {
        LogOnDisk.write(disk, 3, LogOnDisk.OPTIONS);
        String first = opened(disk);
        try (LogOnDisk log = LogOnDisk.open(disk, LogOnDisk.QUARANTINE)) {
            assertThat(log.log().logId()).as("nothing was damaged").isEqualTo(first);
        }
        byte[] segment = disk.read(LogOnDisk.segment(1));
        segment[segment.length - 20]++;
        disk.put(LogOnDisk.segment(1), segment);
        try (LogOnDisk log = LogOnDisk.open(disk, LogOnDisk.QUARANTINE)) {
            assertThat(log.log().logId()).matches(FORM).isNotEqualTo(first);
        }
    }

    @Test
    void whatWasToldToAnybodySurvivesAPowerCut() {
        for (int seed = 0; seed < 50; seed++) {
            SimDisk before = new SimDisk();
            LogOnDisk log = LogOnDisk.open(before);
            String told = log.log().logId();
            SimDisk after = before.crash(new Random(seed));
            log.close();
            assertThat(opened(after)).isEqualTo(told);
        }
    }

    @Test
    void oneThatAKilledProcessHadJustWrittenSurvivesAPowerCutOnceItIsTold() {
        for (int seed = 0; seed < 50; seed++) {
            SimDisk before = new SimDisk();
            before.hook((operation, file) -> {
                if (operation == Operation.SYNC && namesOf(before).contains("identity")) {
                    throw new IOException("killed here");
                }
            });
            LogOnDisk.open(before).close();
            SimDisk restarted = before.kill();
            LogOnDisk log = LogOnDisk.open(restarted);
            String told = log.log().logId();
            SimDisk after = restarted.crash(new Random(seed));
            log.close();
            assertThat(opened(after)).isEqualTo(told);
        }
    }

    @Test
    void aDiskThatCannotKeepOneCostsNoStart() {
        LogOnDisk.write(disk, 3, LogOnDisk.OPTIONS);
        disk.remove(FILE);
        disk.hook((operation, file) -> {
            if (file.toString().contains("identity") && operation != Operation.OPEN) {
                throw new IOException("No space left on device");
            }
        });
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            assertThat(log.log().logId()).isNull();
            assertThat(log.log().durableSequence()).isEqualTo(3);
        }
        disk.hook(DiskHook.NONE);
        assertThat(opened(disk)).matches(FORM);
    }

    @Test
    void aFollowerInAnotherProcessKnowsItToo() {
        try (FollowedLog early = new FollowedLog(disk, LogOnDisk.DIRECTORY)) {
            early.start();
            assertThat(early.logId()).isNull();
            String id = opened(disk); // an empty log: its mark does not move
            await().until(() -> id.equals(early.logId()));
        }
    }

    @Test
    void aFollowerOfALogThatIsReplacedByAnotherOneReadsNothingMore() throws IOException {
        LogOnDisk.write(disk, 5, LogOnDisk.OPTIONS);
        SimDisk other = new SimDisk();
        LogOnDisk.write(other, 9, LogOnDisk.OPTIONS);
        try (FollowedLog followed = new FollowedLog(disk, LogOnDisk.DIRECTORY)) {
            followed.start();
            assertThat(followed.read(4, 10).events()).hasSize(1);
            for (Path file : new Path[] {FILE, LogOnDisk.segment(1), LogOnDisk.MARK}) {
                disk.put(file, other.read(file));
            }
            await().until(() -> followed.problem().contains("identity"));
            assertThat(followed.durableSequence()).isEqualTo(5);
            assertThatThrownBy(() -> followed.read(4, 10)).isInstanceOf(LogUnavailableException.class);
            assertThatThrownBy(() -> followed.reaches(4)).isInstanceOf(LogUnavailableException.class);
            assertThatThrownBy(() -> followed.original(4)).hasMessageContaining("start this process again");
        }
    }

    /** The mark is forced only at a clean stop. */
    @Test
    void aFollowerDoesNotTakeAnOldMarkForTheEndOfTheLog() throws IOException {
        SimDisk earlier = LogOnDisk.written(5, LogOnDisk.keeping(null));
        LogOnDisk.write(disk, 14, LogOnDisk.keeping(null));
        disk.put(LogOnDisk.MARK, earlier.read(LogOnDisk.MARK));
        try (FollowedLog followed = new FollowedLog(disk, LogOnDisk.DIRECTORY)) {
            followed.start();
            assertThat(followed.durableSequence()).isEqualTo(5);
            for (long there = 1; there <= 14; there++) {
                assertThat(followed.reaches(there)).as("" + there).isTrue();
            }
            assertThat(followed.reaches(15)).isFalse();
            assertThat(followed.reaches(Long.MAX_VALUE)).isFalse();
        }
    }

    private static String opened(SimDisk disk) {
        try (LogOnDisk log = LogOnDisk.open(disk)) {
            return String.valueOf(log.log().logId());
        }
    }

    private static String namesOf(SimDisk disk) {
        return disk.list(LogOnDisk.DIRECTORY).toString();
    }
}
