package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.simulation.ExpectedErrors;

/** Somebody moves the data directory of a running service away, and another one begins in its place. */
@ExtendWith(ExpectedErrors.class)
class DirectoryTakenAwayTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService("--inventory.disk.breaker-cooldown-ms=100");

    @Test
    void isReadOnlyAndSaysSoUntilItIsBack() throws IOException {
        assertThat(SERVICE.adjust("S1", "A", 5).status()).isEqualTo(201);
        Path data = Objects.requireNonNull(SERVICE.file("x").getParent());
        Path elsewhere = data.resolveSibling(data.getFileName() + "-elsewhere");
        Files.move(data, elsewhere);
        Files.createDirectory(data);
        Files.createFile(data.resolve(".lock"));

        await().until(() -> SERVICE.get("/health/readiness").status() == 503);
        Reply readiness = SERVICE.get("/health/readiness");
        assertThat(readiness.text("reason")).contains("deleted, moved or replaced");
        assertThat(readiness.body()).contains("\"readOnly\":true", "\"data-directory\":\"");
        assertThat(SERVICE.read("S1", "A").status()).isEqualTo(200);
        assertThat(SERVICE.adjust("S1", "A", 5).status()).isEqualTo(503);
        assertThat(SERVICE.adjust("S2", "B", 5).status()).isEqualTo(503);
        try (Stream<Path> files = Files.list(data)) {
            assertThat(files).as("what it wrote for the other").containsExactly(data.resolve(".lock"));
        }

        Files.delete(data.resolve(".lock"));
        Files.delete(data);
        Files.move(elsewhere, data);
        await().until(() -> SERVICE.get("/health/readiness").status() == 200);
        await().until(() -> SERVICE.adjust("S1", "A", 5).status() == 200);
        SERVICE.restart();
        assertThat(SERVICE.read("S1", "A").body()).contains("\"qty\":10");
    }
}
