package retail.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a proxy may call its backend is a host; what is none is refused. */
class HostHeaderTest {

    @ParameterizedTest
    @CsvSource({
        "localhost, localhost, -1",
        "LocalHost:3000, LocalHost, 3000",
        "inventory_service:3000, inventory_service, 3000",
        "_tcp.inventory-, _tcp.inventory-, -1",
        "-a..b.:80, -a..b., 80",
        "10.1.2.3:0, 10.1.2.3, 0",
        "999.1.2.3:65535, 999.1.2.3, 65535",
        "%D0%B0:1, %D0%B0, 1",
        "a~b!$&'()*+;=, a~b!$&'()*+;=, -1",
        "x:, x, -1",
        "[::1], [::1], -1",
        "[::1]:3000, [::1], 3000",
        "[FE80::1%25eth0]:3000, [FE80::1%25eth0], 3000",
        "[::ffff:10.0.0.1]:, [::ffff:10.0.0.1], -1"
    })
    void readsNameAndPort(String header, String name, int port) {
        assertThat(HostHeader.parse(header)).isEqualTo(new HostHeader(name.replace("''", "'"), port));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                ":",
                ":80",
                "a:b",
                "a:80:80",
                "a:-1",
                "a:65536",
                "a:9999999999",
                "a b",
                "a/b",
                "a@b",
                "a?b",
                "a#b",
                "a\\b",
                "\u00e4",
                "a\u0000",
                "\"a\"",
                "<a>",
                "[",
                "[]",
                "[]:80",
                "[::1",
                "::1",
                "[::1]x",
                "[::1]:x",
                "[::1 ]",
                "]",
                "a[b]",
                "a:８０"
            })
    void refusesWhatIsNoHost(String header) {
        assertThat(HostHeader.parse(header)).isNull();
    }
}
