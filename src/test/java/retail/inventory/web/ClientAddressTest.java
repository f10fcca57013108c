package retail.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose request it is, by the connection's other end and what that says. */
class ClientAddressTest {

    private static final String PROXIES = "10.0.0.0/9, 192.0.2.7,2001:db8:ffff::/48";

    @ParameterizedTest(name = "{0} saying {1} is {2}")
    @CsvSource(delimiter = '|', textBlock = """
            198.51.100.1 | 203.0.113.5                  | 198.51.100.1
            10.1.2.3     | 203.0.113.5                  | 203.0.113.5
            10.1.2.3     | 1.1.1.1, 203.0.113.5         | 203.0.113.5
            10.1.2.3     | 203.0.113.5, 10.9.9.9        | 203.0.113.5
            10.1.2.3     | 203.0.113.5,192.0.2.7 ,,     | 203.0.113.5
            10.1.2.3     | 203.0.113.5:51234            | 203.0.113.5
            10.1.2.3     | 10.200.1.1                   | 10.200.1.1
            10.1.2.3     | 2001:DB8::1                  | 2001:db8:0:0:0:0:0:1
            10.1.2.3     | [2001:db8::1]:51234          | 2001:db8:0:0:0:0:0:1
            10.1.2.3     | ::ffff:203.0.113.5           | 203.0.113.5
            10.1.2.3     | 203.0.113.5, somebody        | 10.1.2.3
            10.1.2.3     | 203.0.113.5, unknown, 10.0.0.1 | 10.1.2.3
            10.1.2.3     | localhost                    | 10.1.2.3
            10.1.2.3     | 203.0.113                    | 10.1.2.3
            10.1.2.3     | 203.0.113.256                | 10.1.2.3
            10.1.2.3     | 0203.0.113.5                 | 10.1.2.3
            10.1.2.3     | 3405803781                   | 10.1.2.3
            10.1.2.3     | fe80::1%eth0                 | 10.1.2.3
            10.1.2.3     | "203.0.113.5"                | 10.1.2.3
            10.1.2.3     | 10.0.0.9                     | 10.1.2.3
            10.1.2.3     |                              | 10.1.2.3
            10.128.0.1   | 203.0.113.5                  | 10.128.0.1
            192.0.2.8    | 203.0.113.5                  | 192.0.2.8
            2001:db8:ffff:0:0:0:0:9%2 | 203.0.113.5     | 203.0.113.5
            2001:db8:fffe:0:0:0:0:9 | 203.0.113.5       | 2001:db8:fffe:0:0:0:0:9
            """)
    void isWhomATrustedProxyNames(String peer, String header, String client) {
        List<String> lines = header == null ? List.of() : List.of(header);
        assertThat(ClientAddress.behind(PROXIES).of(peer, () -> lines)).isEqualTo(client);
    }

    @Test
    void severalLinesOfTheHeaderAreOneList() {
        assertThat(ClientAddress.behind(PROXIES).of("10.1.2.3", () -> List.of("1.1.1.1", "203.0.113.5, 10.0.0.1")))
                .isEqualTo("203.0.113.5");
    }

    @Test
    void withoutTrustedProxiesNobodyIsAskedForTheHeader() {
        assertThat(ClientAddress.behind(" ").of("10.1.2.3", () -> {
                    throw new AssertionError("asked");
                }))
                .isEqualTo("10.1.2.3");
    }

    @ParameterizedTest(name = "{0} counts as {1}")
    @CsvSource({
        "203.0.113.5, 203.0.113.5",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2::/64",
        "2001:db8:1:2:0:0:0:9%eth0, 2001:db8:1:2::/64",
        "0:0:0:0:0:0:0:1, 0:0:0:0::/64",
        "::ffff:203.0.113.5, 203.0.113.5",
    })
    void ofIpv6TheNetworkCounts(String address, String group) {
        assertThat(ClientAddress.group(address)).isEqualTo(group);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "proxy.local",
                "10.0.0.0/33",
                "10.0.0/8",
                "10.0.0.0/",
                "10.0.0.0/-1",
                "::1/129",
                "10.0.0.1,",
                ",",
                "10.0.0.1 10.0.0.2",
                "*",
                "10.0.0.0/8/8"
            })
    void otherWordsAreNoProxies(String setting) {
        assertThatThrownBy(() -> ClientAddress.behind(setting)).isInstanceOf(IllegalArgumentException.class);
    }
}
