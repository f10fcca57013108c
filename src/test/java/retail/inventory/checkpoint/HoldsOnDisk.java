package retail.inventory.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.Hold.State;
import retail.inventory.stock.HoldLine;
import retail.inventory.stock.StockKey;
import retail.inventory.table.HoldRow;
import retail.inventory.table.InventoryTable;

/** Holds, their files on a simulated disk, and as the oracle a list that stands for the durable log. */
final class HoldsOnDisk {

    /** Two or three lines. */
    static final int FILE_BYTES = 700;

    private static final Instant START = Instant.parse("2026-11-22T10:00:00.123Z");

    private final List<Hold> log;

    /** What is forgotten, and that it is when it is in the files. */
    private final Set<String> forgotten;

    private final InventoryTable table = new InventoryTable();
    private final InventoryFiles files;
    private final InventoryFiles.Loaded loaded;
    private boolean mayWrite;
    private int known;

    private HoldsOnDisk(Disk disk, List<Hold> log, Set<String> forgotten, boolean mayWrite) throws IOException {
        this.log = log;
        this.forgotten = forgotten;
        this.mayWrite = mayWrite;
        this.files = new InventoryFiles(
                disk, SavedTable.DIRECTORY, table, () -> this.mayWrite, InventoryFiles.RECORDS_PER_FILE, FILE_BYTES);
        this.loaded = files.load();
        assertThat(loaded.through()).as("claimed by the files").isBetween(0L, (long) log.size());
        this.known = (int) loaded.through();
        catchUp();
    }

    static HoldsOnDisk empty(Disk disk) throws IOException {
        return new HoldsOnDisk(disk, new ArrayList<>(), new HashSet<>(), true);
    }

    /** A new process on what a disk has, with the same log. */
    HoldsOnDisk restart(Disk disk) throws IOException {
        return new HoldsOnDisk(disk, new ArrayList<>(log), new HashSet<>(forgotten), true);
    }

    /** What was forgotten and is there again, since the files had not learned of it, is no longer forgotten. */
    HoldsOnDisk remembersAgain() {
        forgotten.removeIf(id -> held(id) != null);
        return this;
    }

    /** One more process on the disk and the log of this one, which may not write the files. */
    HoldsOnDisk beside(Disk disk) throws IOException {
        return new HoldsOnDisk(disk, log, forgotten, false);
    }

    HoldsOnDisk takeOver() throws IOException {
        catchUp();
        mayWrite = true;
        files.takeOver(log.size());
        return this;
    }

    HoldsOnDisk of(String logId) {
        files.belongTo(() -> logId);
        return this;
    }

    HoldsOnDisk catchUp() {
        for (Hold hold : log.subList(known, log.size())) {
            table.holds().advance(hold);
        }
        known = log.size();
        return this;
    }

    /** The next event of a hold; a closed one is forgotten, and its id is given to another. */
    HoldsOnDisk change(String id, State state) {
        catchUp();
        Hold before = held(id);
        if (before != null && before.isClosed()) {
            forget(id);
            before = null;
        }
        Hold next = next(id, before, state);
        forgotten.remove(id);
        log.add(next);
        catchUp();
        return this;
    }

    private Hold next(String id, @Nullable Hold before, State state) {
        Instant at = START.plusMillis(log.size());
        boolean hasEnd = id.hashCode() % 2 == 0;
        return new Hold(
                id,
                before == null ? 1 : before.version() + 1,
                state,
                before == null ? at : before.placed(),
                hasEnd ? at.plusSeconds(600).toEpochMilli() : HeldUnits.NO_END,
                hasEnd ? null : "order \"" + id + "\"",
                List.of(
                        new HoldLine(new StockKey("S1", "a"), 2, state == State.HELD ? 2 : 0, 0),
                        new HoldLine(new StockKey("S1", "b:é"), 3, 0, 1)),
                at,
                state == State.CONFIRMED);
    }

    /** A hold that is closed. */
    HoldsOnDisk forget(String id) {
        table.holds().forget(id, START.plusSeconds(100_000), Duration.ZERO);
        assertThat(held(id)).isNull();
        forgotten.add(id);
        return this;
    }

    /** Something that may happen. */
    void any(Random random) {
        String id = "h" + random.nextInt(8);
        Hold before = held(id);
        if (before != null && before.isClosed() && random.nextBoolean()) {
            forget(id);
        } else {
            change(id, random.nextInt(3) == 0 ? State.CONFIRMED : State.HELD);
        }
    }

    @Nullable
    Hold held(String id) {
        HoldRow row = table.holds().find(id);
        return row == null ? null : row.snapshot().hold();
    }

    Map<String, Hold> all() {
        Map<String, Hold> all = new HashMap<>();
        table.holds().all().forEach(row -> all.put(row.id(), row.durable()));
        return all;
    }

    InventoryFiles files() {
        return files;
    }

    InventoryTable table() {
        return table;
    }

    InventoryFiles.Loaded loaded() {
        return loaded;
    }

    void save() throws IOException {
        files.save(log::size, InventoryFiles.Pace.NONE);
    }

    /** What is forgotten may be there again, but only as it was last. */
    void requireAll(String when) {
        Map<String, Hold> latest = new HashMap<>();
        log.forEach(hold -> latest.put(hold.id(), hold));
        Map<String, Hold> all = all();
        forgotten.stream().filter(id -> !all.containsKey(id)).forEach(latest::remove);
        assertThat(all).as("holds " + when).isEqualTo(latest);
    }

    /** Nothing that is forgotten is there. */
    void requireForgotten(String when) {
        assertThat(all().keySet()).as("forgotten holds " + when).noneMatch(forgotten::contains);
    }
}
