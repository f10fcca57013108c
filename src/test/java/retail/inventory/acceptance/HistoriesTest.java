package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.command.Commands;

/**
 * A service that was put back from a backup: it had five changes then, went on to nine, and has made six others since. Who
 * holds something of the nine is told, instead of being given a mixture of both.
 */
@Timeout(60)
class HistoriesTest {

    private static final String STREAM = "text/event-stream";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @TempDir
    static @Nullable Path directory;

    private static String oldLog = "";
    private static String oldTag = "";
    private static String tagOfFour = "";
    private static String oldCentralTag = "";
    private static String newLog = "";

    @BeforeAll
    @Timeout(60)
    static void isPutBack() throws Exception {
        for (int i = 0; i < 4; i++) {
            SERVICE.adjust("S", "A", 10);
        }
        tagOfFour = String.valueOf(SERVICE.read("S", "A").header("etag"));
        SERVICE.adjust("S", "A", 10, "If-Match", tagOfFour, "Idempotency-Key", "the-fifth");
        Path copy = Objects.requireNonNull(directory).resolve("copy");
        PrintWriter out = new PrintWriter(Writer.nullWriter());
        assertThat(Commands.run(out, out, "backup", SERVICE.file("").toString(), copy.toString()))
                .isZero();
        oldLog = logId();
        for (int i = 0; i < 4; i++) {
            SERVICE.reserve("S", "A", 5);
        }
        oldTag = String.valueOf(SERVICE.read("S", "A").header("etag"));
        oldCentralTag =
                String.valueOf(SERVICE.get("/central/skus/A?minSequence=9").header("etag"));
        SERVICE.stop();
        replaceDataBy(copy);
        SERVICE.start();
        newLog = logId();
        assertThat(durable()).isEqualTo(5);
        areGone("9", "past-the-end");
        for (int i = 0; i < 6; i++) {
            SERVICE.adjust("S", "A", 100);
        }
        assertThat(durable()).isEqualTo(11);
    }

    private static void replaceDataBy(Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(SERVICE.file(""))) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                if (!file.equals(SERVICE.file(""))) {
                    Files.delete(file);
                }
            }
        }
        try (Stream<Path> files = Files.walk(copy)) {
            for (Path file : files.toList()) {
                if (!file.equals(copy)) {
                    Files.copy(file, SERVICE.file(copy.relativize(file).toString()));
                }
            }
        }
    }

    @Test
    void theLogIsAnotherOne() throws IOException {
        assertThat(newLog).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").isNotEqualTo(oldLog);
        assertThat(SERVICE.get("/central/inventory").json().at("/asOf/logId").asString())
                .isEqualTo(newLog);
        assertThat(SERVICE.get("/central/skus/A").json().at("/asOf/logId").asString())
                .isEqualTo(newLog);
        assertThat(SERVICE.get("/events?limit=3").text("position")).isEqualTo("3." + newLog.substring(0, 8));
        SERVICE.restart();
        assertThat(logId()).as("a restart is no other history").isEqualTo(newLog);
    }

    @Test
    void aFollowerOfTheOldOneIsTold() {
        areGone("9." + oldLog.substring(0, 8), "another-log");
    }

    @Test
    void aFollowerOfTheNewOneGoesOnWithPositionsAndWithNumbers() throws IOException {
        String log = newLog.substring(0, 8);
        try (EventStream plain = EventStream.open(SERVICE, "/events", "Last-Event-ID", "9");
                EventStream told = EventStream.open(SERVICE, "/events", "Last-Event-ID", "9." + log)) {
            assertThat(plain.next()).isEqualTo(10);
            assertThat(told.next()).isEqualTo(10);
        }
        assertThat(SERVICE.get("/events?after=11").json().get("events")).isEmpty();
        assertThat(SERVICE.get("/events?after=11." + log).json().get("events")).isEmpty();
        gone(SERVICE.get("/events?after=12"), "past-the-end");
        gone(SERVICE.get("/events?after=12." + log), "past-the-end");
        assertThat(SERVICE.get("/central/inventory?minSequence=11." + log).status())
                .isEqualTo(200);
    }

    @Test
    void eachEventOfAStreamNamesItsLog() throws IOException {
        try (EventStream stream = EventStream.open(SERVICE, "/events?after=2")) {
            assertThat(stream.opening()).contains("following from 2." + newLog.substring(0, 8), newLog);
            assertThat(stream.nextId()).isEqualTo("3." + newLog.substring(0, 8));
        }
    }

    @Test
    void aTagOfTheOldOneNeverMatches() {
        assertThat(oldTag).isEqualTo("\"9." + oldLog.substring(0, 8) + "\"");
        long version = SERVICE.read("S", "A").number("version");
        Reply conflict = SERVICE.adjust("S", "A", 1, "If-Match", oldTag);
        assertThat(conflict.isProblem("version-conflict"))
                .as(conflict.toString())
                .isTrue();
        assertThat(conflict.number("currentVersion")).isEqualTo(version);
        for (String other : List.of(
                "\"" + version + "." + oldLog.substring(0, 8) + "\"",
                "W/\"" + version + "." + oldLog.substring(0, 8) + "\"")) {
            assertThat(SERVICE.reserve("S", "A", 1, "If-Match", other).isProblem("version-conflict"))
                    .isTrue();
            assertThat(SERVICE.read("S", "A", "If-None-Match", other).status()).isEqualTo(200);
        }
        assertThat(SERVICE.read("S", "A").number("version")).isEqualTo(version);

        String tag = String.valueOf(SERVICE.read("S", "A").header("etag"));
        assertThat(tag).isEqualTo("\"" + version + "." + newLog.substring(0, 8) + "\"");
        assertThat(SERVICE.read("S", "A", "If-None-Match", tag).status()).isEqualTo(304);
        Reply changed = SERVICE.adjust("S", "A", 1, "If-Match", tag);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(SERVICE.adjust("S", "A", 1, "If-Match", "\"" + (version + 1) + "\"")
                        .status())
                .as("a plain version is one of this log")
                .isEqualTo(200);
    }

    @Test
    void aTagOfTheOldCentralViewNeverMatches() {
        assertThat(oldCentralTag).isEqualTo("W/\"9." + oldLog.substring(0, 8) + "\"");
        long all = SERVICE.get("/events").number("durableSequence");
        assertThat(SERVICE.get("/central/skus/A?minSequence=" + all).status())
                .as("the view has what other tests changed")
                .isEqualTo(200);
        for (String view : List.of("/central/skus/A", "/central/stores/S", "/central/inventory")) {
            String tag = String.valueOf(SERVICE.get(view).header("etag"));
            assertThat(SERVICE.get(view, "If-None-Match", tag).status()).isEqualTo(304);
            String ofTheOldOne = tag.replace(newLog.substring(0, 8), oldLog.substring(0, 8));
            assertThat(ofTheOldOne).as("the same number of changes").isNotEqualTo(tag);
            assertThat(SERVICE.get(view, "If-None-Match", ofTheOldOne).status()).isEqualTo(200);
        }
    }

    @Test
    void aChangeThatTheCopyHasIsNotMadeAgain() {
        Reply again = SERVICE.adjust("S", "A", 10, "If-Match", tagOfFour, "Idempotency-Key", "the-fifth");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        assertThat(again.number("version")).isEqualTo(5);
        String ofTheOldOne = String.valueOf(SERVICE.read("S", "A").header("etag"))
                .replace(newLog.substring(0, 8), oldLog.substring(0, 8));
        assertThat(SERVICE.adjust("S", "A", 10, "If-Match", ofTheOldOne, "Idempotency-Key", "another")
                        .isProblem("version-conflict"))
                .isTrue();
    }

    /** Pages first: a stream that is not refused never ends. */
    private static void areGone(String position, String why) {
        gone(SERVICE.get("/events?after=" + position), why);
        gone(SERVICE.get("/central/inventory?minSequence=" + position), why);
        gone(SERVICE.get("/central/skus/A?minSequence=" + position), why);
        gone(SERVICE.get("/central/stores/S?minSequence=" + position), why);
        gone(SERVICE.get("/events?after=" + position, "Accept", STREAM), why);
        gone(SERVICE.get("/events?lastEventId=" + position, "Accept", STREAM), why);
        gone(SERVICE.get("/events", "Accept", STREAM, "Last-Event-ID", position), why);
    }

    private static void gone(Reply reply, String why) {
        assertThat(reply.status()).as(reply.toString()).isEqualTo(410);
        assertThat(reply.isProblem("events-gone")).as(reply.toString()).isTrue();
        assertThat(reply.text("why")).isEqualTo(why);
        assertThat(reply.number("oldest")).isEqualTo(1);
        assertThat(reply.text("logId")).isEqualTo(logId());
        assertThat(reply.text("detail")).contains("read the central inventory", "then follow from its sequence");
    }

    private static String logId() {
        return SERVICE.get("/events").text("logId");
    }

    private static long durable() {
        return SERVICE.get("/health/readiness").number("durableSequence");
    }
}
