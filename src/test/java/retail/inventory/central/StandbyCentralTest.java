package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static retail.inventory.central.FakeFeed.event;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.files.DataDirectory;
import retail.inventory.files.DiskHook;
import retail.inventory.files.RealDisk;
import retail.inventory.files.RoleLock;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.simulation.ExpectedErrors;

/** A process whose central view waits until another one ends. */
@ExtendWith(ExpectedErrors.class)
class StandbyCentralTest {

    @TempDir
    Path locks;

    private final SimDisk disk = new SimDisk();
    private final FakeFeed feed = new FakeFeed();
    private final AtomicInteger started = new AtomicInteger();

    private RoleLock role = RoleLock.alone("central");
    private RoleLock standbyRole = RoleLock.alone("central");
    private Copy holder = new Copy(disk, feed);
    private Copy standby = new Copy(disk, feed);

    @BeforeEach
    void twoProcesses() {
        DataDirectory data = DataDirectory.open(new RealDisk(), locks, List.of(), true);
        role = data.role("central");
        standbyRole = data.role("central");
        holder = new Copy(disk, feed, role);
        standby = new Copy(disk, feed, standbyRole);
        assertThat(role.isHeld()).isTrue();
    }

    @AfterEach
    void end() {
        disk.hook(DiskHook.NONE);
        feed.fails(null);
        holder.close();
        role.close();
        standby.close();
        standbyRole.close();
    }

    private void standsBy() {
        standby.central.readAhead();
        standby.central.start(false, started::incrementAndGet);
    }

    private void holderEnds() {
        holder.close();
        role.close();
    }

    @Test
    void refusesQueriesAndLeavesTheFilesAloneWhileItStandsBy() {
        feed.append(event("a", 1));
        holder.central.start(false);
        long operations = disk.operations();
        standsBy();
        await().during(Duration.ofMillis(700)).until(() -> disk.operations() == operations);

        assertThat(standby.central.isStandingBy()).isTrue();
        assertThat(standby.central.isStarted()).isFalse();
        assertThatThrownBy(standby.central::requireStarted)
                .isInstanceOfSatisfying(
                        CentralUnavailableException.class,
                        e -> assertThat(e.reason()).isEqualTo(CentralUnavailableException.Reason.STARTING))
                .hasMessageContaining("stands by");
        assertThatThrownBy(standby.central::sync).isInstanceOf(CentralUnavailableException.class);
        assertThat(standby.stock()).isEmpty();
        assertThat(started).hasValue(0);
        assertThat(holder.central.isStandingBy()).isFalse();
    }

    /** Of the log it can read only what is behind the other's last snapshot, which was not there when it started. */
    @Test
    void beginsWithTheNewestSnapshotThereIsWhenItTakesOver() throws IOException {
        feed.append(event("a", 1));
        holder.central.start(false);
        holder.save();
        standsBy();
        feed.commit(event("a", 2), event("RESTOCK", "b", 5, 1), event("c", 1));
        holder.worker.sync();
        holderEnds();
        feed.beginsAt(5);
        feed.append(event("a", 3));

        await().until(standby.central::isStarted);
        assertThat(standby.stock()).isEqualTo(Map.of("S1/a", "103@3", "S1/c", "101@1"));
        assertThat(standby.dead()).containsExactly(3L);
        assertThat(standby.central.isStandingBy()).isFalse();
        await().until(() -> started.get() == 1);
        feed.commit(event("c", 2));
        await().until(() -> standby.stock().get("S1/c"), "102@2"::equals);
    }

    @Test
    void triesAgainWhenItCannotBegin() {
        feed.append(event("a", 1), event("RESTOCK", "b", 5, 1));
        holder.central.start(false);
        standsBy();
        feed.fails(new LogUnavailableException(LogUnavailableException.Cause.STORAGE_FAILED, "no disk today"));
        holderEnds();
        await().until(() -> standbyRole.problem().contains("no disk today"));
        assertThat(standby.central.isStarted()).isFalse();
        assertThat(standbyRole.isHeld()).isFalse();

        feed.fails(null);
        await().until(standby.central::isStarted);
        assertThat(standby.stock()).isEqualTo(Map.of("S1/a", "101@1"));
        assertThat(standby.dead()).containsExactly(2L);
        feed.commit(event("a", 2));
        await().until(() -> standby.stock().get("S1/a"), "102@2"::equals);
    }

    /** The failure comes after some events have been applied. */
    @Test
    void beginsFromTheBeginningWhenItFailedHalfWay() {
        for (int version = 1; version <= 2500; version++) {
            feed.append(event("a", version));
        }
        standsBy();
        AtomicInteger reads = new AtomicInteger();
        feed.beforeRead(() -> {
            if (reads.incrementAndGet() == 3) {
                throw new IllegalStateException("once");
            }
        });
        holderEnds();
        await().until(standby.central::isStarted);
        assertThat(reads).hasValueGreaterThan(5);
        assertThat(standby.stock()).isEqualTo(Map.of("S1/a", "2600@2500"));
    }

    @Test
    void doesNotRebuildWhatAnotherProcessHas() throws IOException {
        feed.append(event("a", 1));
        holder.central.start(false);
        holder.save();
        standby.central.start(true, () -> {});
        assertThat(disk.list(Copy.SNAPSHOTS)).hasSize(1);
    }

    @Test
    void endsWhileItWaitsForTheLogOfTheSnapshots() {
        feed.append(event("a", 1), event("a", 2));
        holder.central.start(false);
        FakeFeed shorter = new FakeFeed();
        shorter.append(event("a", 1));
        Copy waiting = new Copy(disk, shorter, standbyRole);
        waiting.central.start(false, started::incrementAndGet);
        holderEnds();
        await().until(() -> !isFree());
        waiting.close();
        standbyRole.close();
        assertThat(waiting.central.isStarted()).isFalse();
        assertThat(isFree()).isTrue();
    }

    private boolean isFree() {
        try (RoleLock probe =
                DataDirectory.open(new RealDisk(), locks, List.of(), true).role("central")) {
            return probe.isHeld();
        }
    }

    @Test
    void appliesNothingAfterItsEnd() {
        feed.append(event("a", 1));
        holder.central.start(false);
        holderEnds();
        feed.commit(event("a", 2), event("RESTOCK", "b", 5, 1));
        holder.worker.sync();
        assertThat(holder.worker.replay(2)).contains("stops");
        assertThat(holder.worker.position()).isEqualTo(1);
        assertThat(holder.stock()).isEqualTo(Map.of("S1/a", "101@1"));
    }

    @Test
    void neverStartsAfterItsEnd() {
        feed.append(event("a", 1));
        standby.close();
        standsBy();
        holderEnds();
        await().until(() -> standbyRole.problem().contains("stops"));
        assertThat(standby.central.isStarted()).isFalse();
    }

    /** A snapshot that another process takes while the end of the log is looked for may rightly be beyond it. */
    @Test
    void putsAsideOnlySnapshotsThatWereThereBeforeTheLogWasRead() throws IOException {
        feed.append(event("a", 1), event("a", 2));
        holder.central.start(false);
        holder.save();
        CentralFiles files = new CentralFiles(disk, Copy.DATA);
        files.putAsideBeyond(() -> {
            feed.commit(event("a", 3), event("a", 4));
            holder.worker.sync();
            try {
                holder.save();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            return 3;
        });
        assertThat(disk.list(Copy.SNAPSHOTS)).hasSize(2).noneMatch(name -> name.endsWith(".damaged"));
        files.putAsideBeyond(() -> 3);
        assertThat(disk.list(Copy.SNAPSHOTS))
                .filteredOn(name -> name.endsWith(".damaged"))
                .hasSize(1);
    }
}
