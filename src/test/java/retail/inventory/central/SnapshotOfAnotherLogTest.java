package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.central.FakeFeed.event;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;

/** A snapshot beside a log that it was not taken from, though the log is long enough. */
class SnapshotOfAnotherLogTest {

    private final SimDisk disk = new SimDisk();
    private final FakeFeed feed = new FakeFeed();
    private final Copy copy = new Copy(disk, feed);

    @AfterEach
    void stops() {
        copy.close();
    }

    /** Somebody has copied it from another data directory, or put an older log back that has gone on since. */
    @Test
    void doesNotTrustASnapshotOfAnotherLogThatIsAsLong() throws IOException {
        feed.append(event("a", 1), event("a", 2), event("a", 3));
        copy.central.start(false);
        copy.save();
        copy.close();
        FakeFeed other = new FakeFeed();
        other.append(event("b", 1), event("b", 2), event("b", 3), event("b", 4));
        try (Copy again = Copy.started(disk, other)) {
            assertThat(again.stock()).isEqualTo(Map.of("S1/b", "104@4"));
        }
        assertThat(disk.list(Copy.SNAPSHOTS)).contains("central-00000000000000000003.json.damaged");
    }

    @Test
    void usesTheSnapshotBeforeOneOfAnotherLog() throws IOException {
        feed.append(event("a", 1), event("a", 2));
        copy.central.start(false);
        copy.save();
        feed.commit(event("a", 3));
        copy.worker.sync();
        copy.save();
        copy.close();
        FakeFeed restored = new FakeFeed();
        restored.append(event("a", 1), event("a", 2), event("c", 1), event("a", 4));
        restored.beginsAt(3); // so that the earlier one is needed
        try (Copy again = Copy.started(disk, restored)) {
            assertThat(again.stock()).isEqualTo(Map.of("S1/a", "104@4", "S1/c", "101@1"));
        }
    }

    /** A copy of a log goes on under another id, with the snapshots that were copied with it. */
    @Test
    void trustsASnapshotWhoseLastEventTheLogHasOrNoLongerHas() throws IOException {
        feed.append(event("a", 1), event("a", 2), event("a", 3));
        copy.central.start(false);
        copy.save();
        copy.close();
        for (long oldest : new long[] {3, 4}) {
            FakeFeed same = new FakeFeed();
            same.append(event("a", 1), event("a", 2), event("a", 3), event("b", 1));
            same.beginsAt(oldest);
            try (Copy again = Copy.started(disk, same)) {
                assertThat(again.stock()).isEqualTo(Map.of("S1/a", "103@3", "S1/b", "101@1"));
            }
        }
    }
}
