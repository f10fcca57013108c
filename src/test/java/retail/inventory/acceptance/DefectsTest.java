package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.files.DiskHook;
import retail.inventory.simulation.ExpectedErrors;

/** A task behind the requests that meets an error nobody foresaw is seen, and goes on by itself when the error is gone. */
@ExtendWith(ExpectedErrors.class)
class DefectsTest {

    private static final AtomicReference<Predicate<Path>> BROKEN = new AtomicReference<>(file -> false);

    private static final DiskHook DISK = (operation, file) -> {
        if (operation != DiskHook.Operation.OPEN && BROKEN.get().test(file)) {
            throw new StackOverflowError("injected");
        }
    };

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            DISK,
            "--inventory.admission.rate-limit-rps=0",
            "--inventory.central.snapshot-every-events=1",
            "--inventory.disk.retry-times=0",
            "--inventory.disk.breaker-cooldown-ms=200");

    @AfterEach
    void heal() {
        BROKEN.set(file -> false);
        await().until(() -> SERVICE.get("/health/readiness").status() == 200);
    }

    @Test
    void filesAndSnapshotsAreWrittenAgain() {
        long before = defects();
        SERVICE.adjust("S1", "A", 1);
        BROKEN.set(SwitchedDisk.in("inventory").or(SwitchedDisk.in("central")));
        await().until(() -> {
            assertThat(SERVICE.adjust("S1", "A", 1).status()).isEqualTo(200);
            return problem("inventory-files").contains("StackOverflowError")
                    && problem("snapshots").contains("StackOverflowError");
        });
        assertThat(defects()).isGreaterThan(before + 1);
        assertThat(SERVICE.get("/health/readiness").status())
                .as("all is served")
                .isEqualTo(200);
        BROKEN.set(file -> false);
        await().until(() -> {
            SERVICE.adjust("S1", "A", 1);
            return (problem("inventory-files") + problem("snapshots")).isEmpty();
        });
    }

    @Test
    void theLogIsReadOnlyAndComesBack() {
        SERVICE.adjust("S1", "B", 1);
        BROKEN.set(SwitchedDisk.in("wal"));
        assertThat(SERVICE.adjust("S1", "B", 1).isProblem("outcome-unknown")).isTrue();
        await().until(() -> SERVICE.adjust("S1", "B", 1).isProblem("read-only"));
        BROKEN.set(file -> false);
        await().until(() -> SERVICE.adjust("S1", "B", 1).status() == 200);
        assertThat(SERVICE.read("S1", "B").number("qty")).isEqualTo(2);
    }

    private static String problem(String task) {
        return SERVICE.get("/health/readiness")
                .json()
                .get("problems")
                .path(task)
                .asString("");
    }

    private static long defects() {
        return PrometheusText.textOf(SERVICE)
                .lines()
                .filter(line -> line.startsWith("inventory_defects_total "))
                .mapToLong(line -> Math.round(Double.parseDouble(line.substring(line.indexOf(' ')))))
                .sum();
    }
}
