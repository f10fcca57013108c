package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.acceptance.EdgeRequests.Refused;

/** What the web server or the framework refuses before any code of the service sees it is answered as everything else is. */
@Isolated("it reads what the whole process logs")
class FrameworkEdgesTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @BeforeAll
    static void stock() {
        assertThat(SERVICE.adjust("STORE001", "EDGE", 10).status()).isEqualTo(201);
    }

    static Stream<Refused> refused() {
        return EdgeRequests.refused();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isAProblemWithAnIdThatTheLogHas(Refused refused) {
        long before = counted();
        try (LogLines log = new LogLines()) {
            Reply reply = SERVICE.raw(refused.request());

            assertThat(reply.status()).as(reply.toString()).isEqualTo(refused.status());
            assertThat(reply.isProblem(refused.slug())).as(reply.toString()).isTrue();
            assertThat(reply.number("status")).isEqualTo(refused.status());
            assertThat(reply.text("instance")).startsWith("/");
            assertThat(reply.text("detail")).isNotBlank();
            assertThat(reply.text("requestId")).isEqualTo(reply.header("x-request-id"));
            assertThat(log.of(reply.text("requestId")))
                    .hasSize(1)
                    .first()
                    .satisfies(line -> assertThat(line.path("level").asString()).isEqualTo("INFO"));
        }
        assertThat(counted()).isEqualTo(before + 1);
    }

    /** All requests that were refused, as the meters have them. */
    private static long counted() {
        return SERVICE.bean(MeterRegistry.class).find("http.server.requests").timers().stream()
                .filter(timer -> !"200".equals(timer.getId().getTag("status")))
                .mapToLong(Timer::count)
                .sum();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/health/liveness",
                "/stores/STORE001/inventory",
                "/docs/index.html",
                "/actuator/health",
                "/central/skus/EDGE",
                "/metrics"
            })
    void servesClientsOfManyLanguages(String path) {
        for (String languages : List.of("a,b,c,d,e,f,g,h,i,j,k", "de;q=x", "*", "", ",,,", "x".repeat(500))) {
            assertThat(SERVICE.raw("GET " + path + " HTTP/1.1\n" + EdgeRequests.HOST + "Accept-Language: " + languages
                                    + "\n\n")
                            .status())
                    .as(languages)
                    .isEqualTo(200);
        }
    }

    /** The web server uses what it has made for one connection for others, and with it what it thought of the last request. */
    @Test
    void answersABadRequestAfterOneWithoutAVersionWithAHead() {
        for (int i = 0; i < 20; i++) {
            SERVICE.raw("GET /health/liveness\n");
            assertThat(SERVICE.raw("GET /\u00e4 HTTP/1.1\n" + EdgeRequests.HOST + "\n")
                            .status())
                    .isEqualTo(400);
            assertThat(SERVICE.raw("GET /health/liveness HTTQ/1.1\n" + EdgeRequests.HOST + "\n")
                            .status())
                    .isEqualTo(400);
        }
        assertThat(SERVICE.get("/health/liveness").status()).isEqualTo(200);
    }

    @Test
    void saysWhichCodingsOfABodyItTakes() {
        Reply reply = SERVICE.adjust("STORE001", "EDGE", 1, "Content-Encoding", "gzip");

        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.header("accept-encoding")).isEqualTo("identity");
        assertThat(SERVICE.adjust("STORE001", "EDGE", 1, "Content-Encoding", "identity")
                        .status())
                .isEqualTo(200);
    }

    /** Its converter said yes to the type, and no when it had to write, after the change was made. */
    @ParameterizedTest
    @ValueSource(strings = {"utf-16", "UTF-32", "iso-8859-1", "utf-8"})
    void answersInUtf8WhateverCharsetIsAccepted(String charset) {
        String accept = "application/json;charset=" + charset;
        Reply changed = SERVICE.adjust("STORE001", "EDGE", 1, "Accept", accept);

        assertThat(changed.status()).as(changed.toString()).isEqualTo(200);
        assertThat(changed.header("content-type")).isEqualTo("application/json");
        for (String path :
                List.of(EdgeRequests.SKU, "/central/stores/STORE001", "/events", "/metrics", "/health/readiness")) {
            assertThat(SERVICE.get(path, "Accept", accept).status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void doesNotAskForABodyThatItRefuses() {
        String expecting = EdgeRequests.HOST + EdgeRequests.JSON + "Expect: 100-continue\nContent-Length: ";

        Reply tooLarge = SERVICE.raw("POST " + EdgeRequests.SKU + "/adjust HTTP/1.1\n" + expecting + "1000000\n\n");
        Reply coded = SERVICE.raw(
                "POST " + EdgeRequests.SKU + "/adjust HTTP/1.1\n" + expecting + "11\nContent-Encoding: gzip\n\n");

        // The first line that comes is that of the refusal: no 100 before it.
        assertThat(tooLarge.isProblem("body-too-large")).as(tooLarge.toString()).isTrue();
        assertThat(coded.isProblem("unsupported-media-type"))
                .as(coded.toString())
                .isTrue();
    }
}
