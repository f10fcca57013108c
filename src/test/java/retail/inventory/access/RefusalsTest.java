package retail.inventory.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.files.RealDisk;

class RefusalsTest {

    @TempDir
    private Path data;

    private long nanos;
    private AuditTrail trail;
    private Refusals refusals;

    @BeforeEach
    void make() {
        trail = new AuditTrail(new RealDisk(), data, () -> Instant.parse("2026-12-01T10:00:00Z"));
        refusals = new Refusals(trail, () -> nanos);
    }

    private List<String> lines() throws IOException {
        Path file = data.resolve("access/trail-2026-12-01.jsonl");
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    private void refuse(String sender, int times) {
        for (int i = 0; i < times; i++) {
            refusals.add(sender, Map.of("store", "S" + i));
        }
    }

    private void passAfter(long seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
        refusals.pass();
    }

    @Test
    void theFirstIsWrittenAtOnceAndThenTheirNumber() throws IOException {
        refuse("abcdefghij01", 1);
        passAfter(1);
        assertThat(lines()).hasSize(1);
        assertThat(lines().getFirst())
                .contains("\"act\":\"refused\",\"by\":\"abcdefghij01\",\"store\":\"S0\",\"count\":\"1\"");
        refuse("abcdefghij01", 40);
        passAfter(9);
        assertThat(lines()).hasSize(1);
        passAfter(1);
        assertThat(lines()).hasSize(2);
        assertThat(lines().getLast()).contains("\"store\":\"S39\",\"count\":\"40\"");
        passAfter(10);
        passAfter(10);
        refuse("abcdefghij01", 1); // is the first again
        passAfter(1);
        assertThat(lines()).hasSize(3);
    }

    @Test
    void oneWhoIsRefusedAllTheTimeHidesNobody() throws IOException {
        refuse("address 10.0.0.1", 100_000);
        passAfter(1);
        refuse("address 10.0.0.1", 100_000);
        refuse("abcdefghij01", 1);
        passAfter(1);
        assertThat(lines().getLast()).contains("abcdefghij01");
        assertThat(trail.lost()).isZero();
    }

    @Test
    void thoseWhoWaitLongestAreNext() throws IOException {
        for (int i = 0; i < 12; i++) {
            nanos++;
            refuse("address 10.0.0." + i, 1);
        }
        passAfter(1);
        assertThat(lines()).hasSize(5).last().asString().contains("10.0.0.4\"");
        passAfter(1);
        passAfter(1);
        assertThat(lines()).hasSize(12).last().asString().contains("10.0.0.11\"");
    }

    @Test
    void moreSendersThanThereIsRoomForAreCounted() throws IOException {
        for (int i = 0; i < 3000; i++) {
            refuse("address " + i, 2);
        }
        refusals.lastPass();
        assertThat(lines().size()).isBetween(900, 1000);
        assertThat(trail.lost()).isEqualTo(2L * (3000 - lines().size()));
    }

    @Test
    void whatCannotBeWrittenIsCounted() throws IOException {
        Files.createFile(data.resolve("access"));
        refuse("abcdefghij01", 3);
        passAfter(1);
        assertThat(trail.lost()).isEqualTo(3);
    }

    @Test
    void allIsWrittenAtTheEnd() throws IOException {
        refuse("abcdefghij01", 1);
        passAfter(1);
        refuse("abcdefghij01", 2);
        refusals.lastPass();
        assertThat(lines()).hasSize(2).last().asString().contains("\"count\":\"2\"");
    }
}
