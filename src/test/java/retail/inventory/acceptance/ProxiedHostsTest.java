package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a proxy calls the service, it is answered. */
class ProxiedHostsTest {

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=0",
            "--inventory.web.allowed-hosts=inventory_service,inventory_backend,inventory.example,a-.b..c,10.0.0.1,"
                    + "xn--bcher-kva.example");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inventory_service:3000",
                "inventory_backend",
                "INVENTORY.Example",
                "a-.b..c",
                "10.0.0.1:8080",
                "[::1]:3000",
                "xn--bcher-kva.example:443",
                "x"
            })
    void answersUnderAnyName(String host) {
        SERVICE.adjust("S1", "A", 1);
        for (String path :
                new String[] {"/stores/S1/inventory/A", "/central/inventory", "/actuator", "/docs", "/nowhere"}) {
            Reply direct = SERVICE.get(path);
            Reply named = SERVICE.raw("GET " + path + " HTTP/1.1\nHost: " + host + "\nConnection: close\n\n");
            Reply absolute =
                    SERVICE.raw("GET http://" + host + path + " HTTP/1.1\nHost: " + host + "\nConnection: close\n\n");

            assertThat(named.status()).as(named.toString()).isEqualTo(direct.status());
            assertThat(absolute.status()).as(absolute.toString()).isEqualTo(direct.status());
        }
    }

    @Test
    void answersAnOldProxyThatSendsNoHost() {
        assertThat(SERVICE.raw("GET /health/readiness HTTP/1.0\n\n").status()).isEqualTo(200);
        assertThat(SERVICE.raw("HEAD /health/readiness HTTP/1.0\n\n").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "user@host", "a:b", "a:70000", "[::1", "\u00e4", "a\"b"})
    void saysThatItIsTheHostWhenItIsNone(String host) {
        Reply reply = SERVICE.raw("GET /stores/S1/inventory/A HTTP/1.1\nHost: " + host + "\nConnection: close\n\n");

        assertThat(reply.isProblem("invalid-request")).as(reply.toString()).isTrue();
        assertThat(reply.text("detail")).contains("Host header");
    }
}
