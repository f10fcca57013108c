package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a loopback address the service is this machine's: no page in a browser on it reads or changes stock behind its user's back. */
class LocalHostsTest {

    private static final String CHANGE = """
            POST /stores/S1/inventory/A/adjust HTTP/1.1
            Content-Type: application/json
            Content-Length: 11
            Connection: close
            """;

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=0",
            "--inventory.web.allowed-hosts=inventory_backend, Shop.example",
            "--inventory.web.cors-origins=https://pages.example");

    @BeforeAll
    static void stock() {
        SERVICE.adjust("S1", "A", 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:3000",
                "LOCALHOST:80",
                "localhost.",
                "127.0.0.1",
                "127.0.0.1:9",
                "127.0.0.2",
                "[::1]",
                "[::1]:3000",
                "[0:0:0:0:0:0:0:1]",
                "inventory_backend",
                "inventory_backend:3000",
                "shop.example",
                "SHOP.EXAMPLE:443",
                "shop.example."
            })
    void answersAsThisMachineAndAsItIsTold(String host) {
        assertThat(get("/stores/S1/inventory/A", host).status()).isEqualTo(200);
        assertThat(get("/health/liveness", host).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:3000",
                "localhost.evil.example",
                "localhost:3000.evil.example",
                "127.0.0.1.evil.example",
                "xlocalhost",
                "inventory",
                "192.168.1.5",
                "[2001:db8::1]:3000",
                "[::]",
                "0.0.0.0",
                "shop.example.evil",
                "a.shop.example",
                "2130706433.evil.example"
            })
    void answersAsNobodyElse(String host) {
        for (String path : new String[] {
            "/stores/S1/inventory/A",
            "/central/inventory",
            "/health/liveness",
            "/actuator",
            "/metrics",
            "/docs",
            "/events",
            "/nowhere"
        }) {
            Reply reply = get(path, host);
            assertThat(reply.status()).as(reply.toString()).isIn(400, 421);
            assertThat(reply.body()).doesNotContain("qty").doesNotContain("\"ok\"");
        }
        if (host.equals("evil.example")) {
            Reply reply = get("/stores/S1/inventory/A", host);
            assertThat(reply.isProblem("foreign-host")).as(reply.toString()).isTrue();
            assertThat(reply.text("detail")).contains("evil.example").contains("ALLOWED_HOSTS");
        }
    }

    @Test
    void takesTheHostOfTheTargetBeforeTheHeader() {
        assertThat(SERVICE.raw("GET http://evil.example/actuator HTTP/1.1\nHost: evil.example\nConnection: close\n\n")
                        .isProblem("foreign-host"))
                .isTrue();
        assertThat(SERVICE.raw("GET http://localhost/actuator HTTP/1.1\nHost: localhost\nConnection: close\n\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void answersChecksThatNameNoHost() {
        assertThat(SERVICE.raw("GET /health/readiness HTTP/1.0\n\n").status()).isEqualTo(200);
        assertThat(SERVICE.raw("OPTIONS / HTTP/1.0\n\n").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "403, Origin: http://evil.example",
        "403, Origin: null",
        "403, Origin: http://localhost:8080",
        "403, Origin: https://localhost",
        "403, Origin: http://shop.example",
        "403, Origin: rubbish^",
        "403, Sec-Fetch-Site: cross-site",
        "403, Sec-Fetch-Site: same-site",
        "403, Sec-Fetch-Site: same-origin|Origin: http://evil.example",
        "200, Sec-Fetch-Site: same-origin",
        "200, Sec-Fetch-Site: none",
        "200, Origin: http://localhost",
        "200, Sec-Fetch-Site: same-origin|Origin: http://localhost",
        "200, Sec-Fetch-Site: same-origin|Origin: https://shop.example",
        "200, Sec-Fetch-Site: cross-site|Origin: https://pages.example",
        "200, X-Nothing: at all"
    })
    void letsNoPageOfAnotherOriginChangeStock(int status, String headers) {
        long before = SERVICE.read("S1", "A").number("qty");

        Reply adjusted = SERVICE.raw(CHANGE + "Host: localhost\n" + headers.replace('|', '\n') + "\n\n{\"delta\":1}");
        Reply synced = SERVICE.raw("POST /sync HTTP/1.1\nHost: localhost\nContent-Length: 0\nConnection: close\n"
                + headers.replace('|', '\n') + "\n\n");
        Reply read = SERVICE.raw("GET /stores/S1/inventory/A HTTP/1.1\nHost: localhost\nConnection: close\n"
                + headers.replace('|', '\n') + "\n\n");

        assertThat(adjusted.status()).as(adjusted.toString()).isEqualTo(status);
        assertThat(synced.status()).as(synced.toString()).isEqualTo(status);
        assertThat(read.status()).isEqualTo(200);
        assertThat(SERVICE.read("S1", "A").number("qty")).isEqualTo(before + (status == 200 ? 1 : 0));
        if (status == 403) {
            assertThat(adjusted.isProblem("foreign-origin")).isTrue();
            assertThat(adjusted.text("detail")).contains("CORS_ORIGINS");
        }
    }

    private static Reply get(String path, String host) {
        return SERVICE.raw("GET " + path + " HTTP/1.1\nHost: " + host + "\nConnection: close\n\n");
    }
}
