package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health, metrics and actuator at a port of their own: what is served where, and that it is served as well as anywhere. */
class ManagementPortTest {

    @RegisterExtension
    static final RunningService SERVICE =
            new RunningService("--inventory.web.management-port=0", "--inventory.admission.rate-limit-rps=0");

    @ParameterizedTest
    @ValueSource(strings = {"/health/liveness", "/health/readiness", "/api/health/readiness", "/metrics"})
    void healthAndMetricsAreAtBothPorts(String path) {
        assertThat(SERVICE.get(path).status()).isEqualTo(200);
        assertThat(atManagement("GET " + path).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator",
                "/actuator/health",
                "/actuator/health/readiness",
                "/actuator/prometheus",
                "/actuator/info",
                "/actuator/loggers"
            })
    void actuatorIsAtItsOwnPortAlone(String path) {
        assertThat(atManagement("GET " + path).status()).isEqualTo(200);
        for (String spelt : List.of(path, path.replace("actuator", "%61ctuator"), "/." + path, "/" + path)) {
            Reply reply = SERVICE.raw("GET " + spelt + " HTTP/1.1\nHost: localhost\nConnection: close\n\n");
            boolean unclear = !spelt.matches("/[a%].*");
            assertThat(reply.isProblem(unclear ? "invalid-request" : "no-such-route"))
                    .as(reply.toString())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/stores/S1/inventory/A",
                "/central/inventory",
                "/events",
                "/docs",
                "/openapi.yaml",
                "/audit",
                "/%73tores/S1/inventory/A"
            })
    void nothingElseIsAtTheManagementPort(String path) {
        SERVICE.adjust("S1", "A", 1);

        assertThat(SERVICE.get(path).status()).isIn(200, 302);
        Reply reply = atManagement("GET " + path);
        assertThat(reply.isProblem("no-such-route")).as(reply.toString()).isTrue();
    }

    @Test
    void whatIsRefusedThereIsAProblemWithAnIdAsElsewhere() {
        for (String request : List.of(
                "GET /actuator/none",
                "GET /nothing",
                "POST /actuator/health",
                "GET /actuator?a[]=1",
                "GET /actuator|",
                "BREW /health/liveness")) {
            Reply reply = atManagement(request);
            assertThat(reply.status()).as(request).isBetween(400, 405);
            assertThat(reply.header("content-type")).isEqualTo("application/problem+json");
            assertThat(reply.text("requestId")).isEqualTo(reply.header("x-request-id"));
            assertThat(reply.header("cache-control")).isEqualTo("no-store");
        }
        assertThat(atManagement("GET /health/liveness", "Accept-Language: a,b,c,d,e,f,g,h,i,j,k")
                        .status())
                .isEqualTo(200);
        assertThat(atManagement("GET /health/liveness", "Cookie: " + "c".repeat(9000))
                        .status())
                .isEqualTo(431);
    }

    @Test
    void answersWhenAllConnectionsOfTheMainPortAreTaken() throws IOException {
        AbstractProtocol<?> main =
                (AbstractProtocol<?>) Connectors.main(SERVICE).getProtocolHandler();
        int before = main.getMaxConnections();
        main.setMaxConnections(4);
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < 12; i++) {
                idle.add(SERVICE.connect());
            }
            assertThat(atManagement("GET /health/readiness").status()).isEqualTo(200);
            assertThat(atManagement("GET /actuator/health/liveness").status()).isEqualTo(200);
        } finally {
            for (Socket each : idle) {
                each.close();
            }
            main.setMaxConnections(before);
        }
    }

    private static Reply atManagement(String firstLine, String... headers) {
        int port = Connectors.managementPort(SERVICE);
        String request = firstLine + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n") + "\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return RawReply.read(socket.getInputStream());
        } catch (IOException e) {
            throw new AssertionError(firstLine, e);
        }
    }
}
