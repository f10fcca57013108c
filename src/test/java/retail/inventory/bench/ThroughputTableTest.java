package retail.inventory.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.bench.ThroughputTable.Measured;

class ThroughputTableTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @Test
    void theMedianIsTheOneInTheMiddleByRate() {
        List<Measured> odd = List.of(new Measured(30, 1), new Measured(10, 2), new Measured(20, 3));
        assertThat(Measured.median(odd)).isEqualTo(new Measured(20, 3));
        List<Measured> even =
                List.of(new Measured(30, 1), new Measured(10, 2), new Measured(20, 3), new Measured(25, 4));
        assertThat(Measured.median(even)).as("the lower one").isEqualTo(new Measured(20, 3));
    }

    @Test
    void comparesTheFirstWithEachOfTheOthers() {
        ThroughputTable table = new ThroughputTable(1);
        table.add(StockLoad.ADJUST_ONE, Contender.Kind.POSTGRES, new Measured(100, 300));
        table.add(StockLoad.ADJUST_ONE, Contender.Kind.SERVICE, new Measured(1500, 60));
        table.add(StockLoad.ADJUST_ONE, Contender.Kind.NOTHING, new Measured(2000, 40));
        assertThat(table.ratios()).isEqualTo(Map.of("adjust-one.nothing", 0.75, "adjust-one.postgres", 15.0));
        table.print(out);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("| adjust, one SKU | PostgreSQL | 100 | 300.0 | 15.000 |  |");
    }

    @Test
    void holdsAreComparedWithAdjustsAndBasketsCountLines() {
        ThroughputTable table = new ThroughputTable(1);
        table.add(StockLoad.ADJUST_MANY, Contender.Kind.SERVICE, new Measured(40_000, 30));
        table.add(StockLoad.HOLD, Contender.Kind.SERVICE, new Measured(36_000, 30));
        table.add(StockLoad.BASKET, Contender.Kind.SERVICE, new Measured(12_000, 30));
        assertThat(table.ratios()).isEqualTo(Map.of("hold.adjust-many", 0.9));
        table.print(out);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("hold ÷ adjust: 0.900")
                .contains("120,000 lines/s placed, and as many released");
    }

    @Test
    void severalStartsSayHowSureTheRatioIs() {
        ThroughputTable table = new ThroughputTable(3);
        for (double rate : new double[] {90, 7, 91, /* the second start */ 110, 7, 111}) {
            table.add(StockLoad.READ, Contender.Kind.SERVICE, new Measured(rate, 1));
        }
        for (double rate : new double[] {100, 1, 200, /* the second start */ 100, 1, 200}) {
            table.add(StockLoad.READ, Contender.Kind.NOTHING, new Measured(rate, 1));
        }
        table.print(out);
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .as("medians of each start: 0.9 and 1.1")
                .contains("| reads | does nothing | 100 | 1.0 | 0.900 | 1.000 ± 0.100 |");
    }

    @Test
    void aRatioThatFellByMoreThanFifteenPercentIsSeen(@TempDir Path directory) throws IOException {
        Path file =
                Files.writeString(directory.resolve("ratios.properties"), "read.nothing=1.00\nadjust.nothing=0.8\n");
        assertThat(ThroughputTable.holds(Map.of("read.nothing", 0.86, "adjust.nothing", 0.9), file, out))
                .isTrue();
        assertThat(ThroughputTable.holds(Map.of("read.nothing", 0.86, "adjust.nothing", 0.67), file, out))
                .isFalse();
        assertThat(ThroughputTable.holds(Map.of("read.nothing", 0.84), file, out))
                .isFalse();
        assertThat(ThroughputTable.holds(Map.of("of something else", 0.01), file, out))
                .as("nothing to compare with")
                .isTrue();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("0.67").contains("FELL");
    }
}
