package retail.inventory.stock;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The two functions that all stock goes through. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class DecisionBenchmark {

    private static final StockKey KEY = new StockKey("STORE001", "SKU000123");

    private InventoryRecord record = new InventoryRecord(KEY, 1_000, 7, Instant.EPOCH);

    /** Decisions per second, each on the state that the one before left. */
    @Benchmark
    public InventoryRecord decideAndEvolve() {
        Command.Adjust command =
                new Command.Adjust(KEY, record.qty() > 1_000 ? -1 : 1, null, new UUID(1, 2), Instant.EPOCH);
        if (StockRules.decide(record, command) instanceof Decision.Accepted accepted) {
            record = StockRules.evolve(record, accepted.movements().get(0), command.at());
        }
        return record;
    }
}
