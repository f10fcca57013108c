package retail.inventory.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.files.DiskHook;
import retail.inventory.files.HookedDisk;
import retail.inventory.files.RealDisk;

class AuditTrailTest {

    private static final Instant START = Instant.parse("2026-12-01T10:00:00Z");

    @TempDir
    private Path data;

    private Instant now = START;

    private AuditTrail trail() {
        return new AuditTrail(new RealDisk(), data, () -> now);
    }

    private Path file(String day) {
        return data.resolve("access").resolve("trail-" + day + ".jsonl");
    }

    private TrailCheck.Found check() throws IOException {
        return TrailCheck.of(new RealDisk(), data, null);
    }

    private void add(String letter) throws IOException {
        trail().add("replay", "abcdefghij01", Map.of("letter", letter));
    }

    /** Three lines on each of three days. */
    private void threeDays() throws IOException {
        for (int i = 0; i < 9; i++) {
            now = START.plus(Duration.ofHours(8L * i - 8));
            add(Integer.toString(i));
        }
    }

    @Test
    void eachLineHasTheHashOfTheOneBefore() throws IOException {
        add("7");
        now = now.plusSeconds(1);
        add("8");
        List<String> lines = Files.readAllLines(file("2026-12-01"));
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst())
                .startsWith("{\"format\":1,\"at\":\"2026-12-01T10:00:00Z\",\"act\":\"replay\",\"by\":\"abcdefghij01\","
                        + "\"letter\":\"7\",\"prev\":\"" + "0".repeat(64) + "\",\"crc\":\"");
        assertThat(lines.get(1)).contains("\"prev\":\"" + TrailLine.hash(lines.getFirst()) + "\"");
        assertThat(check())
                .isEqualTo(new TrailCheck.Found(2, true, START, now, TrailLine.hash(lines.get(1)), 0, false));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file("2026-12-01"))))
                .isEqualTo("rw-------");
    }

    @Test
    void goesOnOverDays() throws IOException {
        threeDays();
        assertThat(check().lines()).isEqualTo(9);
        assertThat(Files.readAllLines(file("2026-12-02"))).hasSize(3);
    }

    @Test
    void aClockThatWasSetBackGoesOnInTheLatestFile() throws IOException {
        add("1");
        now = START.minus(Duration.ofDays(3));
        add("2");
        assertThat(Files.readAllLines(file("2026-12-01"))).hasSize(2);
        assertThat(check().last()).isEqualTo(now);
    }

    @Test
    void longTextsAreCut() throws IOException {
        add("x".repeat(100_000));
        add("x".repeat(300));
        assertThat(Files.size(file("2026-12-01"))).isLessThan(1100);
        assertThat(check().lines()).isEqualTo(2);
    }

    @Test
    void aLineThatIsLongerThanWhatIsReadOfTheEndCountsToo() throws IOException {
        add("1");
        Files.writeString(file("2026-12-01"), "y".repeat(50_000) + "\n", StandardOpenOption.APPEND);
        add("2");
        assertThat(Files.readAllLines(file("2026-12-01")).getLast()).contains(TrailLine.hash("y".repeat(50_000)));
    }

    @Test
    void whatIsTornIsCutOffAndNoted() throws IOException {
        add("1");
        Files.writeString(file("2026-12-01"), "{\"format\":1,\"at\"", StandardOpenOption.APPEND);
        assertThat(check().torn()).isEqualTo(16);
        now = START.plus(Duration.ofDays(1));
        add("2");
        assertThat(Files.readAllLines(file("2026-12-01"))).hasSize(1);
        assertThat(Files.readAllLines(file("2026-12-02")).getFirst())
                .contains("\"act\":\"torn\"", "\"by\":\"service\"", "\"bytes\":\"16\"", "trail-2026-12-01.jsonl");
        assertThat(check().lines()).isEqualTo(3);
    }

    @Test
    void anEmptyFileGoesOnWithTheChain() throws IOException {
        threeDays();
        Files.createFile(file("2026-12-04"));
        now = Instant.parse("2026-12-04T01:00:00Z");
        add("9");
        assertThat(check().lines()).isEqualTo(10);
        assertThat(check().last()).isEqualTo(now);
    }

    @Test
    void manyWritersMakeOneChain() throws Exception {
        List<Callable<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            AuditTrail its = trail();
            writers.add(() -> {
                for (int n = 0; n < 20; n++) {
                    its.add("sync", "local", Map.of());
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (Future<Void> writer : threads.invokeAll(writers)) {
                writer.get();
            }
        }
        assertThat(check().lines()).isEqualTo(120);
    }

    @Test
    void oldFilesGoAtAStart() throws IOException {
        threeDays();
        now = Instant.parse("2026-12-02T00:00:00Z").plus(Duration.ofDays(400));
        trail().started(Access.Mode.OPEN, "{a=b}");
        assertThat(file("2026-12-01")).doesNotExist();
        assertThat(file("2026-12-02")).exists();
        assertThat(check().whole()).isFalse();
        assertThat(check().lines()).isEqualTo(7);
        assertThat(Files.readString(file("2028-01-06")))
                .contains("\"act\":\"start\"", "\"mode\":\"OPEN\"", TrailLine.hash("{a=b}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPEN", "WRITE", "FORCE"})
    void whatCannotBeWrittenIsNotDone(String operation) throws IOException {
        add("1");
        DiskHook full = (kind, file) -> {
            if (kind.name().equals(operation) && file.getFileName().toString().startsWith("trail-")) {
                throw new IOException("No space left on device");
            }
        };
        HookedDisk disk = new HookedDisk(new RealDisk(), full);
        AuditTrail trail = new AuditTrail(disk, data, () -> now);
        KeyFile keys = KeyFile.in(new RealDisk(), data);
        KeyIssuer issuer = new KeyIssuer(keys, trail, () -> now, new SecureRandom());
        KeyIssuer.Wish wish =
                new KeyIssuer.Wish("till-7", null, List.of(Grant.everywhere(Set.of(Operation.READ))), null);
        List<String> handed = new ArrayList<>();
        assertThatThrownBy(() -> issuer.create(wish, (key, text) -> handed.add(text)))
                .isInstanceOf(TrailUnwrittenException.class)
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("\"key-create\" is not done");
        assertThat(handed).isEmpty();
        assertThat(keys.read().isEmpty()).isTrue();
        assertThat(trail.lost()).isZero();
        trail.started(Access.Mode.LOCAL, ""); // goes on without a line
        assertThat(trail.lost()).isEqualTo(1);
        assertThat(check().lines()).isEqualTo(1);
        add("2");
        assertThat(check().torn()).isZero();
        assertThat(check().lines()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void strangersCannotFillTheDiskWithRefusals() throws IOException {
        AuditTrail trail = trail();
        trail.refused("192.0.2.1", Map.of("status", "401"), 3);
        String line = Files.readString(file("2026-12-01"));
        Files.writeString(file("2026-12-01"), line.repeat((int) (AuditTrail.REFUSALS_MAX_BYTES / line.length()) + 1));
        long size = Files.size(file("2026-12-01"));
        trail.refused("192.0.2.1", Map.of("status", "401"), 3);
        assertThat(trail.lost()).isEqualTo(3);
        assertThat(Files.size(file("2026-12-01"))).isEqualTo(size);
        trail.add("sync", "abcdefghij01", Map.of());
        assertThat(Files.size(file("2026-12-01"))).as("acts go on").isGreaterThan(size);
    }
}
