package retail.inventory.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How long a batch waits for those who were answered last. */
class AdaptiveBatchDelayTest {

    private static final long SLOW = 2_000_000;

    private final AdaptiveBatchDelay gathering = new AdaptiveBatchDelay();

    @Test
    void waitsForNobodyAtFirst() {
        assertThat(gathering.patienceNanos()).isZero();
    }

    @Test
    void waitsASlowSyncForAsManyAsThereWere() {
        gathering.synced(20, 12, SLOW);
        assertThat(gathering.patienceNanos()).isEqualTo(SLOW);
        assertThat(gathering.expected()).isEqualTo(32);
        gathering.synced(1, 0, 1_000_000);
        assertThat(gathering.patienceNanos()).isEqualTo(1_000_000);
        assertThat(gathering.expected()).isEqualTo(1);
    }

    @Test
    void doesNotWaitWhenSyncsAreFast() {
        gathering.synced(20, 12, 999_999);
        assertThat(gathering.patienceNanos()).isZero();
    }

    @Test
    void doesNotTakeOneSyncThatWasHeldUpForASlowDisk() {
        gathering.synced(20, 12, 150_000);
        for (int heldUp = 0; heldUp < 3; heldUp++) {
            gathering.synced(20, 12, 30_000_000);
            assertThat(gathering.patienceNanos()).isZero();
        }
    }

    @Test
    void findsOutThatADiskHasBecomeSlow() {
        gathering.synced(20, 12, 150_000);
        for (int batch = 0; batch < 25; batch++) {
            gathering.synced(20, 12, SLOW);
        }
        assertThat(gathering.patienceNanos()).isEqualTo(SLOW);
    }

    @Test
    void goesOnWhileThreeQuartersOfThoseMissingCome() {
        for (int batch = 0; batch < 100; batch++) {
            gathering.synced(20, 12, SLOW);
            assertThat(gathering.patienceNanos()).isPositive();
            gathering.took(12, 27); // 15 of 20
        }
    }

    @Test
    void waitsLessAndLessOftenWhenFewerCome() {
        for (int skipped : new int[] {1, 3, 7, 15, 31, 63, 63}) {
            gathering.synced(20, 12, SLOW);
            assertThat(gathering.patienceNanos()).isPositive();
            gathering.took(12, 26); // 14 of 20
            for (int batch = 0; batch < skipped; batch++) {
                assertThat(gathering.patienceNanos()).isZero();
                gathering.took(12, 32);
            }
        }
        gathering.took(12, 27);
        assertThat(gathering.patienceNanos())
                .as("at once again, when it was worth it")
                .isPositive();
        gathering.took(12, 26);
        gathering.took(12, 26);
        assertThat(gathering.patienceNanos()).as("from one again").isPositive();
    }

    @Test
    void learnsNothingWhenAllAreThereAlready() {
        gathering.synced(1, 0, SLOW);
        gathering.took(1, 1);
        assertThat(gathering.patienceNanos()).isPositive();
    }

    @Test
    void firstBatchOfATurnWaitsForAsManyAsWereLetInOnAFastDiskToo() {
        int[] letIn = {31};
        gathering.expect(() -> letIn[0]);
        gathering.synced(2, 0, 150_000);
        gathering.overtaken();
        assertThat(gathering.expected()).isEqualTo(31);
        assertThat(gathering.patienceNanos()).isEqualTo(1_000_000);
        letIn[0] = 30;
        assertThat(gathering.expected()).as("one has left").isEqualTo(30);
        gathering.took(1, 30);
        assertThat(gathering.expected()).isEqualTo(2);
        assertThat(gathering.patienceNanos()).isZero();
    }

    @Test
    void whatATurnBeginsWithTeachesNothing() {
        gathering.synced(20, 12, SLOW);
        gathering.overtaken();
        assertThat(gathering.patienceNanos()).isEqualTo(SLOW);
        gathering.took(1, 2);
        assertThat(gathering.patienceNanos()).isEqualTo(SLOW);
    }
}
