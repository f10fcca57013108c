package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.files.DiskHook;

/** A follower that reads from far behind, whose next events are compacted away before it comes to them. */
@Timeout(60)
class OvertakenFollowerTest {

    private static final String FIRST_SEGMENT = "wal/00000000000000000001.jsonl";
    private static final int EVENTS = 600;

    /** Looking whether the first event is there is one, its first batch another. */
    private static final int READS_BEFORE_IT_IS_GONE = 2;

    private static final AtomicInteger READS = new AtomicInteger(Integer.MAX_VALUE);

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            OvertakenFollowerTest::before,
            "--inventory.admission.rate-limit-rps=0",
            "--inventory.admission.load-shed-queue-max=1000");

    private static void before(DiskHook.Operation operation, Path file) throws IOException {
        if (operation == DiskHook.Operation.OPEN && file.endsWith(FIRST_SEGMENT) && READS.getAndDecrement() <= 0) {
            Files.deleteIfExists(file);
        }
    }

    /** A torn tail ends a segment long before it is full. After a start nothing is read from memory. */
    @BeforeAll
    static void hasTwoSegments() throws Exception {
        AtOnce.clients(8, client -> {
            for (int i = 1; i < EVENTS / 8; i++) {
                SERVICE.adjust("A-STORE-WITH-A-LONG-NAME", "SKU-" + "X".repeat(50), 1);
            }
            return SERVICE.adjust("S1", "A", 1);
        });
        SERVICE.stop();
        Files.writeString(SERVICE.file(FIRST_SEGMENT), "{\"seq", StandardOpenOption.APPEND);
        SERVICE.start();
        assertThat(SERVICE.adjust("S1", "A", 1).number("sequence")).isEqualTo(EVENTS + 1);
    }

    @Test
    void isToldInTheStreamAndIsNoError() throws IOException {
        long errors = SERVICE.get("/metrics").number("errors");
        READS.set(READS_BEFORE_IT_IS_GONE);
        List<String> lines;
        try (EventStream stream = EventStream.open(SERVICE, "/events?after=0", "Connection", "close")) {
            lines = stream.toTheEnd();
        }
        assertThat(lines).filteredOn(line -> line.startsWith("id: ")).hasSizeBetween(100, EVENTS - 100);
        int told = lines.indexOf("event: events-gone");
        assertThat(told).as(lines.getLast()).isPositive();
        assertThat(lines.get(told + 1))
                .startsWith("data: {\"why\":\"compacted\",\"oldest\":" + (EVENTS + 1) + ",\"logId\":\"");
        assertThat(lines.subList(told, lines.size())).noneMatch(line -> line.startsWith("id:"));
        assertThat(SERVICE.get("/metrics").number("errors")).isEqualTo(errors);
        assertThat(PrometheusText.textOf(SERVICE)).doesNotContain("status=\"500\"");
        assertThat(SERVICE.get("/events", "Accept", "text/event-stream", "Last-Event-ID", "300")
                        .status())
                .isEqualTo(410);
    }
}
