package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.acceptance.SpanReceiver.Span;

/** With somebody to send spans to, a request is a trace: what was done for it, and the event it made. */
class TracesTest {

    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN_ID = "b7ad6b7169203331";

    @RegisterExtension
    static final SpanReceiver COLLECTOR = new SpanReceiver();

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=0",
            "--management.opentelemetry.tracing.export.schedule-delay=20ms",
            "--management.opentelemetry.tracing.export.otlp.endpoint=" + COLLECTOR.endpoint());

    @Test
    void showsTheStepsOfAChangeInTheTraceOfItsCaller() {
        Reply changed = SERVICE.adjust(
                "S1", "TRACED", 3, "traceparent", "00-" + TRACE_ID + "-" + SPAN_ID + "-01", "X-Request-Id", "traced");
        String sequence = Long.toString(changed.number("sequence"));

        await().until(() -> inTrace(TRACE_ID).size() == 3);
        Span request = named("POST /stores/{storeId}/inventory/{sku}/adjust", inTrace(TRACE_ID));
        assertThat(request.parentId()).isEqualTo(SPAN_ID);
        assertThat(request.attributes())
                .containsEntry("http.request.method", "POST")
                .containsEntry("http.route", "/stores/{storeId}/inventory/{sku}/adjust")
                .containsEntry("http.response.status_code", "201")
                .containsEntry("inventory.request_id", "traced");
        assertThat(named("decide", inTrace(TRACE_ID)).parentId()).isEqualTo(request.spanId());
        Span wait = named("wait-durable", inTrace(TRACE_ID));
        assertThat(wait.parentId()).isEqualTo(request.spanId());
        assertThat(wait.attributes()).containsEntry("inventory.sequence", sequence);
        await().untilAsserted(() -> assertThat(COLLECTOR.spans()).anySatisfy(span -> {
            assertThat(span.name()).isEqualTo("sync-batch");
            assertThat(span.parentId()).isEmpty();
            assertThat(span.attributes())
                    .containsAllEntriesOf(Map.of("inventory.sequence.first", sequence))
                    .containsKey("inventory.sequence.last");
        }));
        assertThat(traceOf(changed)).isEqualTo(TRACE_ID);
    }

    @Test
    void beginsATraceForARequestThatHasNone() {
        Reply changed = SERVICE.adjust("S1", "BEGUN", 3, "traceparent", "00-nonsense");

        String traceId = traceOf(changed);
        assertThat(traceId).matches("[0-9a-f]{32}");
        await().until(() -> inTrace(traceId).size() == 3);
        assertThat(named("POST /stores/{storeId}/inventory/{sku}/adjust", inTrace(traceId))
                        .parentId())
                .isEmpty();
    }

    @Test
    void followsTheCallersWishNotToBeSampledButKeepsItsTrace() {
        String notSampled = "1".repeat(32);
        Reply changed = SERVICE.adjust("S1", "QUIET", 3, "traceparent", "00-" + notSampled + "-" + SPAN_ID + "-00");
        Reply after = SERVICE.adjust("S1", "LOUD", 3);

        await().until(() -> inTrace(traceOf(after)).size() == 3);
        assertThat(inTrace(notSampled)).isEmpty();
        assertThat(traceOf(changed)).isEqualTo(notSampled);
    }

    @Test
    void sendsSpansOfRequestsAndNothingElse() {
        SERVICE.get("/health/readiness");
        SERVICE.get("/actuator/prometheus");
        assertThat(SERVICE.get("/nowhere").status()).isEqualTo(404);
        SERVICE.post("/sync", "");
        await().until(() ->
                COLLECTOR.spans().stream().anyMatch(span -> span.name().equals("POST /sync")));

        assertThat(COLLECTOR.paths()).containsOnly("/v1/traces");
        assertThat(COLLECTOR.spans())
                .extracting(Span::name)
                .allMatch(name ->
                        name.matches("(GET|POST)( /(stores|sync|events|\\*)\\S*)?|decide|wait-durable|sync-batch"))
                .noneMatch(name -> name.contains("S1"));
    }

    private static List<Span> inTrace(String traceId) {
        return COLLECTOR.spans().stream()
                .filter(span -> span.traceId().equals(traceId))
                .toList();
    }

    private static Span named(String name, List<Span> spans) {
        return spans.stream()
                .filter(span -> span.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name + " in " + spans));
    }

    private static String traceOf(Reply changed) {
        SERVICE.post("/sync", "");
        return SERVICE.get("/events?limit=1&after=" + (changed.number("sequence") - 1))
                .json()
                .path("events")
                .path(0)
                .path("traceId")
                .asString("none");
    }
}
