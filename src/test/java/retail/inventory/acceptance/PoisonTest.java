package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.files.Checksum;
import tools.jackson.databind.JsonNode;

/**
 * Events that the worker cannot apply, in the middle of a log that another process writes: one of a type that only a newer
 * version knows, and one whose predecessor is missing.
 */
class PoisonTest {

    private static final String WORKER = "--inventory.role=worker";
    private static final int EVENTS = 40;
    private static final int POISON = 17;
    private static final int GAP = 23;

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @BeforeEach
    void writesALogAndFollowsIt() throws IOException {
        SERVICE.stop();
        for (String left : List.of("central", "dead-letter")) {
            SERVICE.deleteFilesOf(left);
        }
        write("TRANSFER");
        SERVICE.start(WORKER);
    }

    @Test
    void everythingElseArrivesAndAReplayAfterTheFixClearsTheLetter() throws IOException {
        JsonNode inventory = SERVICE.get("/central/inventory?minSequence=" + EVENTS)
                .json()
                .get("inventory")
                .get("S1");
        for (int i = 1; i <= EVENTS; i++) {
            assertThat(inventory.has("SKU" + i)).as("SKU" + i).isEqualTo(i != POISON);
        }
        assertThat(inventory.get("SKU" + GAP).get("version").asInt()).isEqualTo(2);

        JsonNode letters = SERVICE.get("/dead-letters").json().get("letters");
        assertThat(letters).extracting(letter -> letter.get("id").asInt()).containsExactly(POISON, GAP);
        JsonNode letter = Objects.requireNonNull(letters.get(0));
        assertThat(letter.get("reason").asString()).contains("TRANSFER");
        assertThat(letter.get("text").asString()).isEqualTo(line(POISON, "TRANSFER"));
        assertThat(letter.get("place").asString()).startsWith("00000000000000000001.jsonl, byte offset ");
        assertThat(SERVICE.get("/health/readiness")
                        .json()
                        .get("central")
                        .get("deadLetters")
                        .asInt())
                .isEqualTo(2);
        assertThat(PrometheusText.textOf(SERVICE)).contains("inventory_dead_letters 2.0");

        String replay = "/dead-letters/" + POISON + "/replay";
        Reply still = SERVICE.post(replay, "");
        assertThat(still.status()).isEqualTo(409);
        assertThat(still.isProblem("still-dead")).isTrue();

        write("ADJUST"); // as a version that knows the type would read it
        SERVICE.restart(WORKER);
        assertThat(SERVICE.post(replay, "").status()).isEqualTo(200);
        assertThat(SERVICE.get("/dead-letters").json().get("letters"))
                .extracting(one -> one.get("id").asInt())
                .containsExactly(GAP);
        assertThat(SERVICE.get("/central/skus/SKU" + POISON).number("total")).isEqualTo(POISON);

        SERVICE.restart(WORKER);
        assertThat(SERVICE.get("/central/skus/SKU" + POISON).number("total"))
                .as("still")
                .isEqualTo(POISON);
    }

    /** What the worker follows grows while it runs. */
    @Test
    void theStreamGoesOnBehindIt() throws IOException {
        Path segment = SERVICE.file("wal/00000000000000000001.jsonl");
        Files.writeString(segment, Files.readString(segment) + line(EVENTS + 1, "ADJUST") + "\n");
        mark(EVENTS + 1);
        await().until(() -> SERVICE.get("/central/skus/SKU" + (EVENTS + 1)).status() == 200);
    }

    private static void write(String type) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 1; i <= EVENTS; i++) {
            lines.add(line(i, i == POISON ? type : "ADJUST"));
        }
        Path wal = SERVICE.file("wal");
        Files.createDirectories(wal);
        Files.write(wal.resolve("00000000000000000001.jsonl"), lines);
        mark(EVENTS);
    }

    private static void mark(long durable) throws IOException {
        Files.writeString(
                SERVICE.file("wal/durable"),
                sealed(String.format(Locale.ROOT, "{\"durable\":\"%020d\"", durable)) + "\n");
    }

    private static String line(int number, String type) {
        return sealed(String.format(
                Locale.ROOT,
                "{\"sequence\":%1$d,\"durable\":%2$d,\"eventId\":\"00000000-0000-7000-8000-%1$012d\","
                        + "\"ts\":\"2026-11-22T10:00:00.123Z\",\"type\":\"%3$s\","
                        + "\"payload\":{\"storeId\":\"S1\",\"sku\":\"SKU%1$d\",\"delta\":%1$d},"
                        + "\"result\":{\"qty\":%1$d,\"version\":%4$d}",
                number,
                number - 1,
                type,
                number == GAP ? 2 : 1));
    }

    /** The object with its checksum, closed. */
    private static String sealed(String open) {
        byte[] bytes = open.getBytes(StandardCharsets.UTF_8);
        byte[] closed = Arrays.copyOf(bytes, bytes.length + Checksum.BYTES);
        Checksum.append(closed, 0, bytes.length);
        return new String(closed, StandardCharsets.UTF_8);
    }
}
