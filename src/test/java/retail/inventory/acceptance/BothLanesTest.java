package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.web.context.support.ServletRequestHandledEvent;

/**
 * Plain requests about a SKU do not go through Spring MVC; the answers are the same as if they did. The other lane is taken
 * by an {@code Accept} that means the same and looks otherwise.
 */
class BothLanesTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    private static final String MEASURED = "http_server_requests_seconds_count";

    /** Answers differ in these anyway: when, which request, which event; and how the length of the body is told. */
    private static final List<String> OF_ITS_OWN =
            List.of("date", "x-request-id", "transfer-encoding", "content-length");

    private record Step(String method, String action, String body, Map<String, String> headers) {
        static Step adjust(String body, String... headers) {
            return new Step("POST", "/adjust", body, headers(headers));
        }

        static Step reserve(String body, String... headers) {
            return new Step("POST", "/reserve", body, headers(headers));
        }

        static Step read(String... headers) {
            return new Step("GET", "", "", headers(headers));
        }

        private static Map<String, String> headers(String... names) {
            Map<String, String> headers = new LinkedHashMap<>();
            for (int i = 0; i < names.length; i += 2) {
                headers.put(names[i], names[i + 1]);
            }
            return headers;
        }
    }

    /** What happens to one SKU, in order. */
    private static final List<Step> STEPS = List.of(
            Step.read(),
            Step.reserve("{\"qty\":1}"),
            Step.adjust("{\"delta\":-1}"),
            Step.adjust("{\"delta\":0}"),
            Step.adjust("{\"delta\":7}"),
            Step.read(),
            Step.read("If-None-Match", "\"1\""),
            Step.read("If-None-Match", "\"7\""),
            Step.adjust("{\"delta\":1,\"expectedVersion\":1}"),
            Step.adjust("{\"delta\":1,\"expectedVersion\":1}"),
            Step.adjust("{\"delta\":1}", "If-Match", "\"2\""),
            Step.adjust("{\"delta\":1}", "If-Match", "\"2\""),
            Step.adjust("{\"delta\":1}", "If-Match", "2"),
            Step.adjust("{\"delta\":1,\"expectedVersion\":-1}"),
            Step.adjust("{\"delta\":1}", "If-Match", "W/\"2\""),
            Step.adjust("{\"delta\":1}", "If-Match", "\"3-gzip\""),
            Step.read("If-None-Match", "W/\"3--gzip\""),
            Step.adjust("{\"delta\":10.0,\"expectedVersion\":3.0}"),
            Step.adjust("{\"delta\":-1e1}"),
            Step.reserve("{\"qty\":1.00,\"expectedVersion\":1e0}"),
            Step.reserve("{\"qty\":1e0,\"expectedVersion\":0.5}"),
            Step.reserve("{\"qty\":2}", "Idempotency-Key", "key-PREFIX"),
            Step.reserve("{\"qty\":2}", "Idempotency-Key", "key-PREFIX"),
            Step.reserve("{\"qty\":2.0}", "Idempotency-Key", "key-PREFIX"),
            Step.reserve("{\"qty\":3}", "Idempotency-Key", "key-PREFIX"),
            Step.reserve("{\"qty\":3}", "Idempotency-Key", "with space"),
            Step.reserve("{\"qty\":1000}"),
            Step.reserve("{\"qty\":0}"),
            Step.reserve("{\"qty\":\"1\"}"),
            Step.reserve("{\"qty\":1.5}"),
            Step.reserve("{\"qty\":1,\"qty\":2}"),
            Step.reserve("{\"qty\":1,\"more\":2}"),
            Step.reserve("{\"qty\":1} 2"),
            Step.reserve("{\"qty\":1"),
            Step.reserve("[]"),
            Step.reserve("null"),
            Step.reserve(""),
            Step.reserve("{\"qty\":1}", "Content-Type", "text/plain"),
            Step.reserve("{\"qty\":1}", "Content-Type", "application/json;charset=utf-8"),
            Step.adjust("{\"delta\":9007199254740991}"),
            Step.adjust("{\"delta\":9007199254740992}"),
            Step.read());

    @ParameterizedTest
    @ValueSource(strings = {"/stores/", "/api/inventory/stores/"})
    void answerAlike(String prefix) {
        String name = prefix.startsWith("/api") ? "LEGACY" : "PLAIN";
        for (Step step : STEPS) {
            Reply fast = send(prefix, "FAST" + name, step, "application/json");
            Reply slow = send(prefix, "SLOW" + name, step, "application/json, text/plain;q=0.1");
            assertThat(comparable(fast)).as("%s", step).isEqualTo(comparable(slow));
        }
    }

    /** Or the answers above would be alike because all go the same way. */
    @Test
    void aPlainRequestTakesTheFastLane() {
        SERVICE.adjust("S1", "LANE", 1);
        AtomicInteger throughSpring = new AtomicInteger();
        SERVICE.bean(ApplicationEventMulticaster.class).addApplicationListener((ApplicationEvent event) -> {
            if (event instanceof ServletRequestHandledEvent handled
                    && handled.getRequestUrl().endsWith("/LANE")) {
                throughSpring.incrementAndGet();
            }
        });

        Reply fast = SERVICE.read("S1", "LANE");
        assertThat(throughSpring).hasValue(0);
        Reply slow = SERVICE.read("S1", "LANE", "Accept", "application/json, text/plain;q=0.1");
        await().untilAsserted(() -> assertThat(throughSpring).hasValue(1)); // told after the answer
        assertThat(slow.header("content-length")).isEqualTo(fast.header("content-length"));
    }

    @Test
    void bothAreMeasuredUnderTheirRoute() {
        SERVICE.adjust("S1", "MEASURED", 1);
        SERVICE.adjust("S1", "MEASURED", 1);
        SERVICE.read("S1", "MEASURED");
        assertThat(PrometheusText.textOf(SERVICE).lines().filter(line -> line.startsWith(MEASURED)))
                .anyMatch(line -> line.contains("uri=\"/stores/{storeId}/inventory/{sku}/adjust\""))
                .anyMatch(line -> line.contains("uri=\"/stores/{storeId}/inventory/{sku}\""));
    }

    private static Reply send(String prefix, String sku, Step step, String accept) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json", "Accept", accept));
        headers.putAll(step.headers());
        headers.replaceAll((name, value) -> value.replace("PREFIX", sku));
        return SERVICE.send(
                step.method(),
                prefix + "S1/inventory/" + sku + step.action(),
                step.method().equals("GET") ? null : BodyPublishers.ofString(step.body()),
                headers.entrySet().stream()
                        .flatMap(header -> List.of(header.getKey(), header.getValue()).stream())
                        .toArray(String[]::new));
    }

    /** All of an answer but what is of its own. */
    private static Map<String, String> comparable(Reply reply) {
        Map<String, String> all = new TreeMap<>();
        all.put("status", Integer.toString(reply.status()));
        reply.headers().forEach((name, values) -> {
            if (!OF_ITS_OWN.contains(name)) {
                all.put(name, withoutItsOwn(values.toString()));
            }
        });
        all.put("body", withoutItsOwn(reply.body()));
        return all;
    }

    private static String withoutItsOwn(String text) {
        return text.replaceAll("(FAST|SLOW)(LEGACY|PLAIN)", "SKU")
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")
                .replaceAll("\"sequence\":[0-9]+", "SEQUENCE")
                .replaceAll("20[0-9T:.-]+Z", "TIME");
    }
}
