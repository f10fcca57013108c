package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static retail.inventory.central.FakeFeed.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.central.CentralDeadLetters.Letter;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;
import retail.inventory.journal.Events;
import retail.inventory.stock.StockKey;

/** The dead letters of the central view, in their file. */
class CentralDeadLettersTest {

    private static final EventFeed.Original HERE = new EventFeed.Original("here", "{\"a\":\"é\"}");
    private static final Path FILE = Copy.LETTERS.resolve("central.jsonl");

    private final SimDisk disk = new SimDisk();

    @Test
    void surviveAReload() throws IOException {
        Event everything = Events.event(
                7,
                new UUID(1, 2),
                1_700_000_000_123L,
                "RE\"STOCK\n",
                "S.1",
                "sku :",
                -3,
                4L,
                -9,
                2,
                new Event.KeyedRequest("key", "print"),
                "0af7651916cd43dd8448eb211c80319c");
        CentralDeadLetters letters = load(disk);
        letters.keep(everything, "unknown \"type\"", HERE);
        letters.keep(event("b", 1).at(9), "two\nlines", HERE);
        letters.keep(event("b", 1).at(9), "kept once", HERE);

        for (CentralDeadLetters each : List.of(letters, load(disk), load(disk.crash(new Random(1))))) {
            assertThat(each.page(0, 10))
                    .containsExactly(
                            new Letter(7, Copy.NOW.toString(), "unknown \"type\"", everything, "here", "{\"a\":\"é\"}"),
                            new Letter(
                                    9,
                                    Copy.NOW.toString(),
                                    "two\nlines",
                                    event("b", 1).at(9),
                                    "here",
                                    "{\"a\":\"é\"}"));
            assertThat(each.size()).isEqualTo(2);
            assertThat(each.find(9)).isNotNull();
            assertThat(each.find(8)).isNull();
        }
    }

    @Test
    void surviveALineWhoseForceFailedAndAPowerCut() throws IOException {
        CentralDeadLetters letters = load(disk);
        letters.keep(event("b", 1).at(7), "kept", HERE);
        disk.hook(DiskHook.failing(Operation.FORCE, 1));
        assertThatThrownBy(() -> letters.keep(event("b", 2).at(8), "not forced", HERE))
                .isInstanceOf(UncheckedIOException.class);
        letters.keep(event("b", 2).at(8), "again", HERE);

        assertThat(ids(load(disk.crash(new Random(1))))).containsExactly(7L, 8L);
    }

    @Test
    void areDurableOnceTheyAreLoaded() throws IOException {
        disk.hook(DiskHook.failing(Operation.FORCE, 1));
        assertThatThrownBy(() -> letters(disk).keep(event("b", 1).at(7), "not forced", HERE))
                .isInstanceOf(UncheckedIOException.class);

        SimDisk killed = disk.kill();
        List<Long> found = ids(load(killed));

        assertThat(ids(load(killed.crash(new Random(1))))).isEqualTo(found).containsExactly(7L);
    }

    private static List<Long> ids(CentralDeadLetters letters) {
        return letters.page(0, 10).stream().map(Letter::id).toList();
    }

    @Test
    void comeInPages() {
        CentralDeadLetters letters = letters(disk);
        for (int id : new int[] {5, 1, 9, 3}) {
            letters.keep(event("a", id).at(id), "bad", HERE);
        }
        assertThat(letters.page(0, 3)).extracting(Letter::id).containsExactly(1L, 3L, 5L);
        assertThat(letters.page(5, 3)).extracting(Letter::id).containsExactly(9L);
        assertThat(letters.page(9, 3)).isEmpty();
    }

    @Test
    void resolvedStayAway() throws IOException {
        CentralDeadLetters letters = load(disk);
        for (int id = 1; id <= 4; id++) {
            letters.keep(event("a", id).at(id), "bad", HERE);
        }
        letters.resolve(2, 40);
        letters.resolve(4, 50);
        letters.keep(event("a", 4).at(4), "bad again", HERE);

        for (CentralDeadLetters each : List.of(letters, load(disk), load(disk.crash(new Random(1))))) {
            assertThat(each.page(0, 10)).extracting(Letter::id).containsExactly(1L, 3L, 4L);
        }
    }

    @Test
    void aTornLastLineIsSkippedAndSwallowsNothing() throws IOException {
        CentralDeadLetters letters = load(disk);
        letters.keep(event("a", 1).at(1), "first", HERE);
        int whole = disk.read(FILE).length;
        letters.keep(event("a", 2).at(2), "second", HERE);
        byte[] both = disk.read(FILE);

        for (int cut = 0; cut < both.length - 1; cut++) {
            SimDisk torn = new SimDisk();
            torn.put(FILE, Arrays.copyOf(both, cut));
            CentralDeadLetters again = load(torn);
            boolean firstIsThere = cut >= whole - 1; // its line end is not needed
            assertThat(again.size()).as("cut at " + cut).isEqualTo(firstIsThere ? 1 : 0);
            again.keep(event("a", 3).at(3), "third", HERE);
            CentralDeadLetters reloaded = load(torn);
            assertThat(reloaded.find(1) != null).isEqualTo(firstIsThere);
            assertThat(reloaded.find(2)).isNull();
            assertThat(reloaded.find(3)).isNotNull();
        }
    }

    @Test
    void isNotKeptWhenItCannotBeWritten() throws IOException {
        for (Operation step : List.of(Operation.OPEN, Operation.WRITE, Operation.FORCE, Operation.SYNC)) {
            SimDisk failing = new SimDisk();
            CentralDeadLetters letters = load(failing);
            letters.keep(event("a", 1).at(1), "before", HERE);
            failing.hook(DiskHook.failing(step, 1));
            assertThatThrownBy(() -> letters.keep(event("a", 2).at(2), "bad", HERE))
                    .isInstanceOf(UncheckedIOException.class);
            assertThat(letters.find(2)).isNull();
            letters.keep(event("a", 2).at(2), "bad", HERE);
            letters.resolve(1, 9);

            for (int seed = 0; seed < 20; seed++) {
                SimDisk before = failing.kill();
                assertThat(load(before.crash(new Random(seed))).page(0, 10))
                        .as("after a failed " + step)
                        .extracting(Letter::id)
                        .containsExactly(2L);
            }
        }
    }

    @Test
    void staysWhenItsEndCannotBeWritten() throws IOException {
        CentralDeadLetters letters = load(disk);
        letters.keep(event("a", 1).at(1), "bad", HERE);
        disk.hook(DiskHook.failing(Operation.WRITE, 1));
        assertThatThrownBy(() -> letters.resolve(1, 9)).isInstanceOf(UncheckedIOException.class);
        assertThat(letters.find(1)).isNotNull();
        assertThat(load(disk).find(1)).isNotNull();
    }

    @Test
    void explainsOnlyWhatIsWhollyHere() {
        CentralDeadLetters letters = letters(disk);
        letters.keep(event("a", 2).at(2), "bad", HERE);
        letters.keep(event("a", 3).at(3), "bad", HERE);
        letters.keep(event("b", 4).at(4), "another SKU", HERE);
        StockKey a = new StockKey("S1", "a");
        assertThat(letters.explain(a, 2, 3)).isTrue();
        assertThat(letters.explain(a, 3, 3)).isTrue();
        assertThat(letters.explain(a, 2, 4)).isFalse();
        assertThat(letters.explain(a, 1, 2)).isFalse();
        assertThat(letters.explain(new StockKey("S2", "a"), 2, 3)).isFalse();
        letters.resolve(2, 40);
        assertThat(letters.explain(a, 2, 3)).isFalse();
    }

    /** The same event stands in the log twice, as a restored log may have it. */
    @Test
    void twoLettersOfOneVersionExplainOneVersion() {
        CentralDeadLetters letters = letters(disk);
        StockKey a = new StockKey("S1", "a");
        letters.keep(event("a", 2).at(2), "bad", HERE);
        letters.keep(event("a", 2).at(3), "bad", HERE);
        assertThat(letters.explain(a, 2, 2)).isTrue();
        assertThat(letters.explain(a, 2, 3)).isFalse();
    }

    private static CentralDeadLetters letters(SimDisk on) {
        return new CentralDeadLetters(on, Copy.LETTERS, () -> Copy.NOW, ImpatientBreakers.one());
    }

    private static CentralDeadLetters load(SimDisk on) throws IOException {
        CentralDeadLetters letters = letters(on);
        letters.load();
        return letters;
    }
}
