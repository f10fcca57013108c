package retail.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where others reach the service its names are theirs to give, unless a list says which it has. */
class AllowedHostsTest {

    @ParameterizedTest
    @ValueSource(strings = {"inventory_backend", "evil.example", "localhost", "10.0.0.1", "[2001:db8::1]", "x"})
    void areAllWhereOthersReachTheService(String host) {
        assertThat(new AllowedHosts("0.0.0.0", "").allow(host)).isTrue();
        assertThat(new AllowedHosts("::", " ").allow(host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "true, shop.example",
        "true, SHOP.example.",
        "true, inventory_backend",
        "true, localhost",
        "true, 10.0.0.1",
        "true, [2001:db8::1]",
        "false, evil.example",
        "false, a.shop.example",
        "false, 10.0.0.1.evil.example"
    })
    void areThoseOfTheListAndAddressesWhenThereIsOne(boolean allowed, String host) {
        assertThat(new AllowedHosts("0.0.0.0", "Shop.example , inventory_backend").allow(host))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 127.0.0.1",
        "true, localhost",
        "true, ::1",
        "true, 127.0.0.2",
        "false, 0.0.0.0",
        "false, ::",
        "false, 10.0.0.1",
        "false, no such host"
    })
    void areThisMachinesOwnOnALoopbackAddress(boolean local, String listensOn) {
        AllowedHosts hosts = new AllowedHosts(listensOn, "");

        assertThat(hosts.areLocal()).isEqualTo(local);
        assertThat(hosts.allow("evil.example")).isEqualTo(!local);
        assertThat(hosts.allow("localhost")).isTrue();
    }
}
