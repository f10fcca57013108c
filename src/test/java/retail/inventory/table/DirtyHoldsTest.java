package retail.inventory.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Hold;
import retail.inventory.stock.Hold.State;

/** A hold that changes while it is written is written again. */
class DirtyHoldsTest {

    private static final Instant AT = Instant.parse("2026-11-22T10:00:00Z");
    private static final int HOLDS = 16;
    private static final int CHANGES = 20_000;

    private final HoldTable table = new HoldTable(Long.MAX_VALUE);

    private static Hold hold(int number, long version) {
        return new Hold("h" + number, version, State.HELD, AT, HeldUnits.NO_END, null, List.of(), AT, false);
    }

    @Test
    void whatIsReadLastIsTheLatest() throws Exception {
        Map<String, Hold> written = new HashMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> changes = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int first = thread;
                changes.add(threads.submit(() -> {
                    for (long version = 1; version <= CHANGES; version++) {
                        for (int number = first; number < HOLDS; number += 4) {
                            table.advance(hold(number, version));
                        }
                    }
                }));
            }
            while (!changes.stream().allMatch(Future::isDone)) {
                write(written);
            }
            for (Future<?> change : changes) {
                change.get();
            }
        }
        write(written);
        for (int number = 0; number < HOLDS; number++) {
            assertThat(written.get("h" + number)).isEqualTo(hold(number, CHANGES));
        }
        assertThat(table.dirty().isEmpty()).isTrue();
    }

    private void write(Map<String, Hold> written) {
        for (HoldRow row : table.dirty().take()) {
            Hold hold = row.durable();
            if (hold != null) {
                written.put(row.id(), hold);
            }
        }
    }

    @Test
    void oneThatChangesAfterItWasTakenIsDueAgain() {
        table.advance(hold(1, 1));
        List<HoldRow> taken = table.dirty().take();
        table.advance(hold(1, 2));
        assertThat(taken).hasSize(1);
        assertThat(table.dirty().take()).isEqualTo(taken);
        assertThat(table.dirty().take()).isEmpty();
    }
}
