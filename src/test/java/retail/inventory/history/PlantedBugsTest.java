package retail.inventory.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import retail.inventory.planted.MutatedClasses;
import retail.inventory.planted.PlantedBug;
import retail.inventory.simulation.ExpectedErrors;

/** What the check of histories is worth: bugs that such services had, planted in this one, are found. */
@ExtendWith(ExpectedErrors.class)
class PlantedBugsTest {

    private static final int ROUNDS_MAX = 10;
    private static final Logger LOG = LoggerFactory.getLogger("history");

    static List<Arguments> bugs() {
        return List.of(
                bug(
                        "the lock of a SKU is removed",
                        new PlantedBug("table/SkuRow.java", "        lock();\n", ""),
                        new PlantedBug("table/SkuRow.java", "            unlock();\n", "")),
                bug(
                        "acknowledged before it is forced",
                        new PlantedBug("journal/file/SegmentWriter.java", "        file.force();\n", "")),
                bug(
                        "a key is never claimed",
                        new PlantedBug(
                                "service/Idempotency.java",
                                "Claim first = claims.putIfAbsent(mine.request.key(), mine);",
                                "Claim first = claims.put(mine.request.key(), mine) == mine ? mine : null;")),
                bug(
                        "a key is forgotten once it is answered",
                        new PlantedBug(
                                "service/Idempotency.java", "byAge.add(this);", "claims.remove(request.key(), this);")),
                bug(
                        "keys are forgotten at a restart",
                        new PlantedBug("service/Recovery.java", "if (request != null) {", "if (gaps < 0) {")),
                bug(
                        "the version is not checked",
                        new PlantedBug(
                                "stock/StockRules.java",
                                "expected != null && expected != version",
                                "expected != null && version < 0")),
                bug(
                        "a read shows what is not durable",
                        new PlantedBug("table/SkuRow.java", "while (!seen.isDurable()) {", "while (seen == null) {")));
    }

    private static Arguments bug(String what, PlantedBug... planted) {
        return Arguments.of(what, List.of(planted));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void findsTheBug(String what, List<PlantedBug> planted) throws Exception {
        try (MutatedClasses wrong = MutatedClasses.with(planted.toArray(PlantedBug[]::new))) {
            assertThat(found(wrong, ROUNDS_MAX)).as(what).isNotEmpty();
        }
    }

    @Test
    void findsNothingWithoutABug() throws Exception {
        try (MutatedClasses right = MutatedClasses.with()) {
            assertThat(found(right, 1)).isEmpty();
        }
    }

    private static List<?> found(MutatedClasses classes, int roundsMax) throws Exception {
        List<?> found = List.of();
        for (int round = 0; round < roundsMax && found.isEmpty(); round++) {
            Callable<?> experiment = classes.make(Callable.class, ManyWriters.class.getName());
            found = (List<?>) experiment.call();
        }
        LOG.info("{}", found.isEmpty() ? "nothing" : found.getFirst());
        return found;
    }
}
