package retail.inventory.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import retail.inventory.stock.InventoryRecord;
import retail.inventory.stock.StockKey;

/** What a reader of one row sees while its changes are taken back. */
class SkuRowTest {

    private static final StockKey KEY = new StockKey("A", "one");
    private static final Duration MAX = Duration.ofMinutes(1);

    private final SkuRow row = new InventoryTable().findOrCreate(KEY);
    private final AtomicInteger awaited = new AtomicInteger();

    @Test
    void readIsTurnedAwayWhenAllThatItSeesIsTakenBack() {
        change(() -> awaited.incrementAndGet() < 0);
        Assertions.assertTimeoutPreemptively(
                MAX, () -> assertThatThrownBy(row::durable).isInstanceOf(CommitTimeoutException.class));
        assertThat(awaited).hasValue(Commit.TRIES_MAX);
    }

    @Test
    void readShowsWhatLastsInTheEnd() {
        change(() -> awaited.incrementAndGet() == Commit.TRIES_MAX);
        assertThat(row.durable()).isEqualTo(record());
    }

    private void change(Commit fate) {
        row.holding(now -> {
            row.apply(record(), fate);
            return now;
        });
    }

    private static InventoryRecord record() {
        return new InventoryRecord(KEY, 5, 1, Instant.EPOCH);
    }
}
