package retail.inventory.access;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.files.RealDisk;

class TrailCheckTest {

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

    private void assertDamage(String file, int line, String what) {
        assertThatThrownBy(this::check)
                .isInstanceOf(TrailDamagedException.class)
                .hasMessageStartingWith("Line " + line + " of " + file(file))
                .hasMessageContaining(what);
    }

    private interface Change {
        void in(List<String> lines);
    }

    private void change(String day, Change change) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(file(day)));
        change.in(lines);
        Files.write(file(day), lines);
    }

    @Test
    void findsAnEditedLine() throws IOException {
        threeDays();
        change("2026-12-02", lines -> lines.set(1, lines.get(1).replace("replay", "replax")));
        assertDamage("2026-12-02", 2, "its checksum does not match");
    }

    @Test
    void findsALineThatWasMadeAnewWithItsChecksum() throws IOException {
        threeDays();
        change("2026-12-02", lines -> {
            String prev = TrailLine.hash(lines.getFirst());
            byte[] forged = TrailLine.encode(START.plus(Duration.ofDays(1)), new TrailAct("sync", "x", Map.of()), prev);
            lines.set(1, new String(forged, StandardCharsets.UTF_8));
        });
        assertDamage("2026-12-02", 3, "does not follow the line before it");
    }

    @Test
    void findsARemovedLine() throws IOException {
        threeDays();
        change("2026-12-02", lines -> lines.remove(1));
        assertDamage("2026-12-02", 2, "does not follow");
    }

    @Test
    void findsRemovedLinesAtTheEndOfADay() throws IOException {
        threeDays();
        change("2026-12-02", lines -> lines.removeLast());
        assertDamage("2026-12-03", 1, "does not follow");
    }

    @Test
    void findsSwappedLines() throws IOException {
        threeDays();
        change("2026-12-01", lines -> Collections.swap(lines, 0, 1));
        assertDamage("2026-12-01", 2, "does not follow");
    }

    @Test
    void findsARemovedFile() throws IOException {
        threeDays();
        Files.delete(file("2026-12-02"));
        assertDamage("2026-12-03", 1, "does not follow");
    }

    @Test
    void findsAFileThatGotAnotherDay() throws IOException {
        threeDays();
        Files.move(file("2026-12-03"), file("2026-12-04"));
        assertDamage("2026-12-04", 1, "wrong file");
    }

    @Test
    void findsALineOfALaterDay() throws IOException {
        threeDays();
        Files.move(file("2026-12-01"), file("2026-11-01"));
        assertDamage("2026-11-01", 1, "wrong file");
    }

    @Test
    void findsAFileThatEndsWithinALineBeforeAnother() throws IOException {
        threeDays();
        Files.writeString(file("2026-12-02"), "{\"format\"", StandardOpenOption.APPEND);
        assertThatThrownBy(this::check)
                .isInstanceOf(TrailDamagedException.class)
                .hasMessageContaining("trail-2026-12-03.jsonl follows a file that ends within a line");
    }
}
