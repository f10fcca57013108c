package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A service whose log no longer begins at 1: what its followers are told, and that nothing of its stock is missing. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CompactedLogTest {

    private static final String SHORT_LIVED_KEYS = "--inventory.service.idempotency-ttl-ms=1000";
    private static final String FIRST_SEGMENT = "wal/00000000000000000001.jsonl";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    /** A torn tail ends a segment long before it is full; the first one has events 1 to 3 then. */
    @BeforeAll
    static void compacts() throws IOException {
        SERVICE.adjust("S1", "A", 10);
        SERVICE.adjust("S2", "A", 20);
        SERVICE.reserve("S1", "A", 3);
        SERVICE.stop();
        Files.writeString(SERVICE.file(FIRST_SEGMENT), "{\"seq", StandardOpenOption.APPEND);
        SERVICE.start(SHORT_LIVED_KEYS);
        assertThat(SERVICE.adjust("S1", "B", 5).number("sequence")).isEqualTo(4);
        await().until(() -> !Files.exists(SERVICE.file(FIRST_SEGMENT)));
    }

    @Test
    @Order(1)
    void keepsTheSegmentInTheArchive() throws IOException {
        assertThat(names("archive")).containsExactly("00000000000000000001.jsonl.gz");
        assertThat(names("wal")).contains("00000000000000000004.jsonl");
    }

    @Test
    @Order(1)
    void tellsFollowersWhereTheLogBegins() {
        for (String[] headers : new String[][] {{}, {"Accept", "text/event-stream"}, {"Last-Event-ID", "2"}}) {
            Reply gone = SERVICE.get("/events?after=2", headers);
            assertThat(gone.status()).isEqualTo(410);
            assertThat(gone.isProblem("events-gone")).isTrue();
            assertThat(gone.number("oldest")).isEqualTo(4);
        }
        assertThat(SERVICE.get("/events?after=3").json().get("events")).hasSize(1);
    }

    @Test
    @Order(2)
    void hasAllStockAfterARestart() {
        SERVICE.restart(SHORT_LIVED_KEYS);
        requireAllStock();
    }

    /** The log alone could not: the stores' own records are the beginning. */
    @Test
    @Order(3)
    void rebuildsTheCentralView() {
        SERVICE.restart("--inventory.rebuild-central");
        requireAllStock();
    }

    @Test
    @Order(4)
    void rebuildsTheStoresFromLogAndArchive() throws IOException {
        SERVICE.restartWithTheLogAlone();
        requireAllStock();
    }

    private static void requireAllStock() {
        assertThat(SERVICE.read("S1", "A").number("qty")).isEqualTo(7);
        assertThat(SERVICE.read("S1", "A").number("version")).isEqualTo(2);
        assertThat(SERVICE.read("S2", "A").number("qty")).isEqualTo(20);
        assertThat(SERVICE.read("S1", "B").number("qty")).isEqualTo(5);
        assertThat(SERVICE.get("/central/skus/A").number("total")).isEqualTo(27);
        assertThat(SERVICE.get("/central/skus/B").number("total")).isEqualTo(5);
        assertThat(SERVICE.get("/dead-letters").number("total")).isZero();
        assertThat(SERVICE.get("/health/readiness").number("durableSequence")).isEqualTo(4);
    }

    private static List<String> names(String directory) throws IOException {
        try (Stream<Path> files = Files.list(SERVICE.file(directory))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
