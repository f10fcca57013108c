package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import tools.jackson.databind.JsonNode;

/** Without anybody to send spans to, the trace that a caller is in still joins its request, the log and the feed. */
@Isolated("it changes what the process logs")
class TraceparentTest {

    private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String TRACEPARENT = "00-" + TRACE_ID + "-00f067aa0ba902b7-01";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @Test
    void isKeptWithTheEventAcrossARestart() throws IOException {
        long sequence =
                SERVICE.adjust("S1", "KEPT", 1, "traceparent", TRACEPARENT).number("sequence");
        assertThat(event(sequence).path("traceId").asString()).isEqualTo(TRACE_ID);

        SERVICE.restart();
        assertThat(event(sequence).path("traceId").asString()).isEqualTo(TRACE_ID);
        try (EventStream stream = EventStream.open(SERVICE, "/events?after=" + (sequence - 1))) {
            assertThat(stream.next()).isEqualTo(sequence);
        }
    }

    @Test
    void leavesNoMarkOfARequestThatHasNone() throws IOException {
        long none = SERVICE.adjust("S1", "NONE", 1).number("sequence");
        long broken = SERVICE.adjust("S1", "NONE", 1, "traceparent", TRACEPARENT.replace('4', 'G'))
                .number("sequence");

        assertThat(event(none).has("traceId")).isFalse();
        assertThat(event(broken).has("traceId")).isFalse();
        assertThat(lineOf(none)).doesNotContain("trace");
        assertThat(lineOf(broken)).doesNotContain("trace");
    }

    @Test
    void isInTheLinesOfTheLog() {
        try (LogLines lines = new LogLines()) {
            SERVICE.read("S1", "NOWHERE", "traceparent", TRACEPARENT, "X-Request-Id", "with");
            SERVICE.read("S1", "NOWHERE", "X-Request-Id", "without");

            assertThat(lines.of("with"))
                    .singleElement()
                    .satisfies(
                            line -> assertThat(line.path("traceId").asString()).isEqualTo(TRACE_ID));
            assertThat(lines.of("without"))
                    .singleElement()
                    .satisfies(line -> assertThat(line.has("traceId")).isFalse());
        }
    }

    @Test
    void needsNothingOfOpenTelemetry() {
        assertThatThrownBy(() -> SERVICE.bean(Tracer.class)).isInstanceOf(NoSuchBeanDefinitionException.class);
        assertThat(SERVICE.bean(MeterRegistry.class).getClass().getSimpleName())
                .as("the one that meters are in; beside one for OTLP it would be a composite")
                .isEqualTo("PrometheusMeterRegistry");
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("BatchSpanProcessor"));
    }

    private static JsonNode event(long sequence) {
        await().until(() -> SERVICE.get("/events?after=" + (sequence - 1)).number("durableSequence") >= sequence);
        return SERVICE.get("/events?limit=1&after=" + (sequence - 1))
                .json()
                .path("events")
                .path(0);
    }

    private static String lineOf(long sequence) throws IOException {
        try (Stream<Path> files = Files.list(SERVICE.file("wal"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".jsonl")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("{\"sequence\":" + sequence + ",")) {
                        return line;
                    }
                }
            }
        }
        throw new AssertionError("no line of event " + sequence);
    }
}
