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
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.web.context.support.ServletRequestHandledEvent;

/** Requests about a SKU, in whichever of the ways to name it: all are answered in one place, ahead of Spring MVC, and alike. */
class StockRoutesTest {

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

    /** How a SKU is named: the first way is what the others are compared with. */
    enum Way {
        PLAIN("/stores/S1/inventory/", false),
        LEGACY("/api/inventory/stores/S1/inventory/", false),
        PLAIN_QUERY("/stores/S1/inventory", true),
        LEGACY_QUERY("/api/inventory/stores/S1/inventory", true);

        private final String base;
        private final boolean byQuery;

        Way(String base, boolean byQuery) {
            this.base = base;
            this.byQuery = byQuery;
        }

        private String path(String sku, String action) {
            return byQuery ? base + action + "?sku=" + Encoded.text(sku) : base + Encoded.text(sku) + action;
        }
    }

    @ParameterizedTest
    @EnumSource(names = "PLAIN", mode = EnumSource.Mode.EXCLUDE)
    void answerAlike(Way way) {
        for (Step step : STEPS) {
            Reply first = send(Way.PLAIN, name("AS " + way, Way.PLAIN), step, "application/json");
            Reply other = send(way, name("AS " + way, way), step, "application/json, text/plain;q=0.1");
            assertThat(comparable(other)).as("%s", step).isEqualTo(comparable(first));
        }
    }

    /** It takes more time than all the rest. */
    @ParameterizedTest
    @EnumSource
    void doNotGoThroughSpringMvc(Way way) {
        AtomicInteger throughSpring = new AtomicInteger();
        SERVICE.bean(ApplicationEventMulticaster.class).addApplicationListener((ApplicationEvent event) -> {
            if (event instanceof ServletRequestHandledEvent handled
                    && (handled.getRequestUrl().contains("LANE")
                            || handled.getRequestUrl().endsWith("/audit"))) {
                throughSpring.incrementAndGet();
            }
        });

        String sku = name("LANE/#", way);
        assertThat(send(way, sku, Step.adjust("{\"delta\":2}"), "*/*").status()).isEqualTo(201);
        assertThat(send(way, sku, Step.reserve("{\"qty\":1}"), "*/*").status()).isEqualTo(200);
        assertThat(send(way, sku, Step.reserve("{\"qty\":9}"), "*/*").status()).isEqualTo(409);
        assertThat(send(way, sku, Step.reserve("{}"), "*/*").status()).isEqualTo(400);
        assertThat(send(way, sku, Step.read(), "*/*").body()).contains("\"qty\":1,");
        assertThat(send(way, sku, Step.read(), "text/html").status()).isEqualTo(406);
        SERVICE.get("/audit");
        await().untilAsserted(
                        () -> assertThat(throughSpring).hasValue(1)); // of the audit alone, and told after the answer
    }

    @Test
    void areMeasuredUnderTheirRoute() {
        SERVICE.adjust("S1", "MEASURED", 1);
        SERVICE.adjust("S1", "MEASURED", 1);
        SERVICE.read("S1", "MEASURED");
        SERVICE.get("/stores/S1/inventory?sku=MEASURED");
        SERVICE.post("/stores/S1/inventory/adjust?sku=MEASURED", "{\"delta\":1}");
        await().untilAsserted(
                        () -> // a request counts after its answer, and what is served may be a second old
                        assertThat(PrometheusText.textOf(SERVICE).lines().filter(line -> line.startsWith(MEASURED)))
                                .noneMatch(line -> line.contains("MEASURED"))
                                .anyMatch(line -> line.contains("uri=\"/stores/{storeId}/inventory/{sku}/adjust\""))
                                .anyMatch(line -> line.contains("uri=\"/stores/{storeId}/inventory/adjust\""))
                                .anyMatch(line -> line.contains("uri=\"/stores/{storeId}/inventory\""))
                                .anyMatch(line -> line.contains("uri=\"/stores/{storeId}/inventory/{sku}\"")));
    }

    /** Every two have a SKU of their own. */
    private static String name(String name, Way way) {
        return name + " IN " + way;
    }

    private static Reply send(Way way, String sku, Step step, String accept) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Content-Type", "application/json", "Accept", accept));
        headers.putAll(step.headers());
        headers.replaceAll((name, value) -> value.replace("PREFIX", sku.replace(' ', '-')));
        return SERVICE.send(
                step.method(),
                way.path(sku, step.action()),
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
        return text.replaceFirst("^\\{\"storeId\":\"S1\",\"records\":\\[(.*)]}$", "$1") // a page of one
                .replaceAll("(/api/inventory)?/stores/S1/inventory([^ \"\\]]*IN[^ \"\\]]*)?(/adjust|/reserve)?", "PATH")
                .replaceAll("AS \\w+ IN \\w+", "SKU")
                .replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "ID")
                .replaceAll("\"sequence\":[0-9]+", "SEQUENCE")
                .replaceAll("20[0-9T:.-]+Z", "TIME");
    }
}
