package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.checkpoint.InventoryFiles;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.journal.LogUnavailableException.Cause;
import retail.inventory.stock.StockKey;

/** Names that somebody makes up leave nothing behind, whatever becomes of the requests about them. */
class MadeUpNamesTest {

    private static final int NAMES = 100_000;

    private final WritePath path = new WritePath();

    @Test
    void changesThatTheLogDoesNotTakeCostNoMemory() {
        for (Cause cause : List.of(Cause.STORAGE_FAILED, Cause.FULL, Cause.STARTING)) {
            path.log.refuses(new LogUnavailableException(cause, "a test"));
            for (int i = 0; i < NAMES / 3; i++) {
                StockKey madeUp = name(i);
                assertThatExceptionOfType(ServiceUnavailableException.class)
                        .isThrownBy(() -> path.service.adjust(madeUp, 5, null, "key of " + madeUp));
            }
        }
        requireNothing();
    }

    @Test
    void changesThatAreRefusedAndReadsCostNoMemory() {
        for (int i = 0; i < NAMES / 4; i++) {
            assertThat(path.service.reserve(name(i), 1, null, "key " + i)).isInstanceOf(Answer.Refused.class);
            assertThat(path.service.adjust(name(i), 1, 7L, null)).isInstanceOf(Answer.Refused.class);
            assertThat(path.service.find(name(i))).isNull();
            assertThat(path.service.page(name(i).storeId(), null, 10)).isNull();
        }
        requireNothing();
    }

    @Test
    void firstChangeThatIsLostLeavesNoRow() throws Exception {
        for (int i = 0; i < 20; i++) {
            StockKey madeUp = name(i);
            Call<Answer> lost = Call.of(() -> path.service.adjust(madeUp, 5, null, null));
            path.log.awaitPending(1);
            path.log.fails();
            path.log.worksAgain();
            assertThat(lost.failure()).isInstanceOf(OutcomeUnknownException.class);
        }
        requireNothing();
    }

    @Test
    void refusedFirstChangeMakesNoFileOfItsStore() throws IOException {
        path.log.refuses(new LogUnavailableException(Cause.STORAGE_FAILED, "a test"));
        for (int i = 0; i < 10; i++) {
            StockKey madeUp = name(i);
            assertThatExceptionOfType(ServiceUnavailableException.class)
                    .isThrownBy(() -> path.service.adjust(madeUp, 5, null, null));
        }
        SimDisk disk = new SimDisk();
        Path directory = Path.of("/data/inventory");
        new InventoryFiles(disk, directory, path.table).save(() -> 1, InventoryFiles.Pace.NONE);
        assertThat(disk.list(directory)).containsExactly("checkpoint");
    }

    @Test
    void nameIsGoodForAFirstChangeAfterOneThatWasLost() throws Exception {
        Call<Answer> lost = path.adjust(5);
        path.log.awaitPending(1);
        path.log.fails();
        assertThat(lost.failure()).isInstanceOf(OutcomeUnknownException.class);
        path.log.worksAgain();
        Call<Answer> good = path.adjust(7);
        path.log.makesDurable(1);
        assertThat(WritePath.accepted(good.answer()).record()).isEqualTo(path.now(7, 1));
        assertThat(path.table.size()).isEqualTo(1);
    }

    private void requireNothing() {
        assertThat(path.table.storeCount()).isZero();
        assertThat(path.table.size()).isZero();
        assertThat(path.idempotency.size()).isZero();
    }

    private static StockKey name(int number) {
        return new StockKey("MADE-UP-" + number % 1000, "SKU " + number);
    }
}
