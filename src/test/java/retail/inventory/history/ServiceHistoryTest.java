package retail.inventory.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.simulation.ExpectedErrors;

/** The service answers as one store of stock would, whatever many callers do and the disk does. */
@ExtendWith(ExpectedErrors.class)
class ServiceHistoryTest {

    private static final int OPERATIONS = Integer.getInteger("inventory.history.operations", 100_000);
    private static final int OPERATIONS_PER_HISTORY = 20_000;
    private static final Logger LOG = LoggerFactory.getLogger("history");

    @Test
    void answersAsOneStoreOfStock() throws InterruptedException {
        requireOneStoreOfStock(1);
    }

    /** Requests go to any of them: all are one store of stock. */
    @Test
    void threeProcessesOnOneLogAnswerAsOneStoreOfStock() throws InterruptedException {
        requireOneStoreOfStock(3);
    }

    private static void requireOneStoreOfStock(int processes) throws InterruptedException {
        Verdict all = new Verdict(0, 0, 0, 0, 0, 0, List.of());
        while (all.operations() < OPERATIONS && all.violations().isEmpty()) {
            all = all.plus(ManyWriters.run(processes, OPERATIONS_PER_HISTORY, new Random()));
            LOG.info("{}", all);
        }
        assertThat(all.violations()).isEmpty();
        assertThat(all.unknown()).as("changes under way when the disk failed").isPositive();
        assertThat(all.accepted()).as("changes made").isGreaterThan(OPERATIONS / 20);
        assertThat(all.refused()).as("changes refused").isGreaterThan(OPERATIONS / 20);
    }
}
