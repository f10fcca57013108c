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
                                "service/Claims.java",
                                "return claims.putIfAbsent(mine.request.key(), mine);",
                                "return claims.put(mine.request.key(), mine) == mine ? mine : null;")),
                bug(
                        "a key is forgotten once it is answered",
                        new PlantedBug("service/Claims.java", "ages.answered(hash, answer.sequence());", "")),
                bug(
                        "keys are forgotten at a restart",
                        new PlantedBug(
                                "service/Recovery.java",
                                "        idempotency.restore(event);",
                                "        if (gaps < 0) {\n            idempotency.restore(event);\n        }")),
                bug(
                        "the version is not checked",
                        new PlantedBug(
                                "stock/StockRules.java",
                                "expected != null && expected != version",
                                "expected != null && version < 0")),
                bug(
                        "a sale of several SKUs is taken back in one only",
                        new PlantedBug("table/SeveralRows.java", "i < all.size()", "i < 1")),
                bug(
                        "the SKUs of a sale are locked one after the other",
                        new PlantedBug("table/SeveralRows.java", "rows.get(locked).lock();", ""),
                        new PlantedBug("table/SeveralRows.java", "rows.get(--locked).unlock();", "locked--;")),
                bug(
                        "a sale takes what is there and leaves out the rest",
                        new PlantedBug(
                                "stock/StockRules.java", "return tooFew.isEmpty()", "return !movements.isEmpty()")),
                bug(
                        "a read shows what is not durable",
                        new PlantedBug("table/SkuRow.java", "while (!seen.isDurable()) {", "while (seen == null) {")));
    }

    static List<Arguments> bugsOfGoingBack() {
        return List.of(
                bug(
                        "nobody waits for a turn at the end of the log",
                        new PlantedBug("journal/file/SharedEnd.java", """
                                        mutex.inside(() -> {
                                            others.whileKnown(work);
                                            return null;
                                        });
                                """, "        others.whileKnown(work);\n")),
                bug(
                        "what others wrote is not read before a turn",
                        new PlantedBug(
                                "journal/file/PeerEvents.java",
                                "            handOver();\n            work.run();",
                                "            work.run();")),
                bug(
                        "what others wrote first takes nothing back",
                        new PlantedBug(
                                "journal/file/PeerEvents.java", "queue.goBack(() -> handOver(to));", "handOver(to);")),
                bug(
                        "what is open is taken back oldest first",
                        new PlantedBug(
                                "journal/CommitQueue.java",
                                "            open.reversed().forEach(PendingAppend::undo);",
                                "            open.forEach(PendingAppend::undo);")),
                bug(
                        "what goes back is written as it was decided",
                        new PlantedBug(
                                "journal/PendingAppend.java",
                                "PendingAppend again = submitter.decideAgain(this);",
                                "PendingAppend again = this;")),
                bug(
                        "more is decided while the log goes back",
                        new PlantedBug("journal/CommitQueue.java", "if (goingBack || ", "if (")));
    }

    static List<Arguments> bugsOfSeveralProcesses() {
        return List.of(
                bug(
                        "a key that was answered elsewhere has a second effect",
                        new PlantedBug("service/PendingWrite.java", " || !stands()", "")),
                bug(
                        "a read does not look at what others had answered",
                        new PlantedBug("service/InventoryService.java", "log.catchUp();", "log.status();")),
                bug(
                        "the next lines come behind whatever others left",
                        new PlantedBug(
                                "journal/file/SharedEnd.java",
                                "long end = durable.endIn(latest);",
                                "long end = latest.size(disk);")),
                bug(
                        "whoever comes back does not look for the end again",
                        new PlantedBug(
                                "journal/file/SharedEnd.java",
                                "if (!lastWriter.isThisProcess() || !segments",
                                "if (!segments")),
                bug(
                        "others are shown what is not forced yet",
                        new PlantedBug(
                                "journal/file/SegmentWriter.java",
                                "        force();\n        open.advance(lastSequence);",
                                "        open.advance(lastSequence);\n        force();")));
    }

    private static Arguments bug(String what, PlantedBug... planted) {
        return Arguments.of(what, List.of(planted));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bugs")
    void findsTheBug(String what, List<PlantedBug> planted) throws Exception {
        try (MutatedClasses wrong = MutatedClasses.with(planted.toArray(PlantedBug[]::new))) {
            assertThat(found(wrong, ManyWriters.class, ROUNDS_MAX)).as(what).isNotEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"bugsOfGoingBack", "bugsOfSeveralProcesses"})
    void findsTheBugOfSeveralProcesses(String what, List<PlantedBug> planted) throws Exception {
        try (MutatedClasses wrong = MutatedClasses.with(planted.toArray(PlantedBug[]::new))) {
            assertThat(found(wrong, ManyWriters.OnThreeProcesses.class, ROUNDS_MAX))
                    .as(what)
                    .isNotEmpty();
        }
    }

    @Test
    void findsNothingWithoutABug() throws Exception {
        try (MutatedClasses right = MutatedClasses.with()) {
            assertThat(found(right, ManyWriters.class, 1)).isEmpty();
            assertThat(found(right, ManyWriters.OnThreeProcesses.class, 1)).isEmpty();
        }
    }

    private static List<?> found(MutatedClasses classes, Class<?> writers, int roundsMax) throws Exception {
        List<?> found = List.of();
        for (int round = 0; round < roundsMax && found.isEmpty(); round++) {
            Callable<?> experiment = classes.make(Callable.class, writers.getName());
            found = (List<?>) experiment.call();
        }
        LOG.info("{}", found.isEmpty() ? "nothing" : found.getFirst());
        return found;
    }
}
