package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.journal.EventLog;

/** Files of two services are mixed, and a copy is put back that goes on as another history. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OtherLogsTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @RegisterExtension
    static final RunningService OTHER = new RunningService();

    private static String logId = "";

    @BeforeAll
    static void areWritten() {
        for (int i = 0; i < 3; i++) {
            SERVICE.adjust("S", "A", 10);
            OTHER.adjust("S", "B", 7);
        }
        logId = id(SERVICE);
        SERVICE.stop();
        OTHER.stop();
    }

    @Test
    @Order(1)
    void everyFileNamesItsLog() throws IOException {
        for (String file : named()) {
            assertThat(Files.readString(SERVICE.file(file))).as(file).contains("\"logId\":\"" + logId + "\"");
        }
    }

    @Test
    @Order(2)
    void inventoryFilesOfAnotherLogStopTheStartAndNothingIsTouched() throws IOException {
        Path kept = SERVICE.file("kept");
        Files.move(SERVICE.file("inventory"), kept);
        Files.createDirectory(SERVICE.file("inventory"));
        for (String name : List.of("checkpoint", "records-000001.jsonl")) {
            Files.copy(OTHER.file("inventory/" + name), SERVICE.file("inventory/" + name));
        }
        Map<String, String> before = files();
        assertThatThrownBy(SERVICE::start)
                .hasStackTraceContaining("The inventory files go through sequence 3 of log ")
                .hasStackTraceContaining("or move inventory/ away to have it made again from the log");
        assertThat(files()).isEqualTo(before);
        Files.move(SERVICE.file("inventory"), SERVICE.file("foreign"));
        Files.move(kept, SERVICE.file("inventory"));
    }

    @Test
    @Order(3)
    void aSegmentOfAnotherLogStopsTheStartWhateverTheNumbers() throws IOException {
        Path segment = SERVICE.file("wal/00000000000000000001.jsonl");
        Path kept = SERVICE.file("kept");
        Files.move(segment, kept);
        Files.copy(OTHER.file("wal/00000000000000000001.jsonl"), segment);
        assertThatThrownBy(SERVICE::start).hasStackTraceContaining("The inventory files go through sequence 3 of log ");
        Files.move(kept, segment, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    @Order(4)
    void aSnapshotOfAnotherLogIsPutAside() throws IOException {
        String name = "central/central-00000000000000000003.json";
        Files.copy(OTHER.file(name), SERVICE.file(name), StandardCopyOption.REPLACE_EXISTING);
        SERVICE.start();
        assertThat(SERVICE.get("/central/skus/A?minSequence=3").number("total")).isEqualTo(30);
        assertThat(SERVICE.get("/central/skus/B").status()).isEqualTo(404);
        assertThat(SERVICE.file(name + ".damaged")).exists();
        SERVICE.stop();
    }

    @Test
    @Order(5)
    void aCopyGoesOnUnderAnIdOfItsOwnWithAllItHad() throws IOException {
        Files.delete(SERVICE.file("wal/identity"));
        SERVICE.start();
        String next = id(SERVICE);
        assertThat(next).isNotEqualTo(logId);
        assertThat(SERVICE.read("S", "A").number("qty")).isEqualTo(30);
        SERVICE.adjust("S", "A", 1);
        SERVICE.restart();
        assertThat(id(SERVICE)).isEqualTo(next);
        assertThat(SERVICE.read("S", "A").number("qty")).isEqualTo(31);
        SERVICE.stop();
        for (String file : List.of("inventory/checkpoint", "inventory/records-000001.jsonl")) {
            assertThat(Files.readString(SERVICE.file(file))).as(file).contains("\"logId\":\"" + next + "\"");
        }
        assertThat(Files.readString(SERVICE.file("wal/00000000000000000004.jsonl")))
                .startsWith("{\"logId\":\"" + next + "\",\"format\":2,\"first\":4,\"continues\":[\"" + logId + "\"]");
        SERVICE.start();
    }

    private static List<String> named() {
        return List.of(
                "inventory/checkpoint",
                "inventory/records-000001.jsonl",
                "central/central-00000000000000000003.json",
                "wal/00000000000000000001.jsonl",
                "wal/identity");
    }

    private static String id(RunningService service) {
        return String.valueOf(service.bean(EventLog.class).logId());
    }

    /** All but the trail, which has starts that fail too. */
    private static Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(SERVICE.file(""))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().startsWith(".") && !file.startsWith(SERVICE.file("access"))) {
                    files.put(file.toString(), Files.readString(file));
                }
            }
        }
        return files;
    }
}
