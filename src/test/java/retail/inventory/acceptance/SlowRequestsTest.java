package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import retail.inventory.admission.Admission;

/** A request that takes long has a line, whoever it waits for; a stream, which takes as long as its client likes, has none. */
@Isolated("it changes what the process logs")
class SlowRequestsTest {

    private static final long SLOW_NANOS = 20_000_000;

    private static final SwitchedDisk DISK = new SwitchedDisk();

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(DISK, "--inventory.web.slow-request-ms=20");

    @Test
    void tellsOfAChangeThatWaitedForTheDisk() {
        SERVICE.adjust("S1", "SLOW", 1);
        try (LogLines lines = new LogLines()) {
            DISK.hangs(SwitchedDisk.in("wal"));
            long start = System.nanoTime();
            CompletableFuture<Reply> slow =
                    CompletableFuture.supplyAsync(() -> SERVICE.adjust("S1", "SLOW", 1, "X-Request-Id", "slow"));
            await().until(() -> SERVICE.bean(Admission.class).traffic().inFlight() == 1
                    && System.nanoTime() - start > 5 * SLOW_NANOS);
            DISK.works();

            assertThat(slow.join().status()).isEqualTo(200);
            assertThat(lines.of("slow")).singleElement().satisfies(line -> {
                assertThat(line.path("level").asString()).isEqualTo("WARN");
                assertThat(line.path("reason").asString()).isEqualTo("slow");
                assertThat(line.path("status").asInt()).isEqualTo(200);
                assertThat(line.path("sku").asString()).isEqualTo("SLOW");
                assertThat(line.path("durationMs").asDouble()).isGreaterThan(20);
            });
        }
    }

    @Test
    void saysNothingOfAStreamHoweverLong() throws Exception {
        try (LogLines lines = new LogLines()) {
            long start = System.nanoTime();
            try (EventStream stream = EventStream.open(SERVICE, "/events?after=0")) {
                SERVICE.adjust("S1", "STREAMED", 1);
                stream.next();
                await().until(() -> System.nanoTime() - start > 5 * SLOW_NANOS);
            }
            SERVICE.adjust("S1", "STREAMED", 1); // so that the service notices
            await().until(() -> {
                SERVICE.adjust("S1", "STREAMED", 1);
                return SERVICE.bean(Admission.class).traffic().inFlight() == 0;
            });
            assertThat(lines.with("route", "/events")).isEmpty();
            assertThat(lines.with("level", "ERROR")).isEmpty();
        }
    }
}
