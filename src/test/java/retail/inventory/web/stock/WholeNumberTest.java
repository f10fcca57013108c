package retail.inventory.web.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.web.stock.StockRequests.AdjustRequest;
import retail.inventory.web.stock.StockRequests.ReserveRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A number whose value is whole is whole, however its writer's decimals look; no other is made so. */
class WholeNumberTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @ParameterizedTest
    @CsvSource({
        "10, 10",
        "10.0, 10",
        "1e1, 10",
        "1E+1, 10",
        "1000.00, 1000",
        "-3.000, -3",
        "0.0, 0",
        "-0.0, 0",
        "-0, 0",
        "0e999999999, 0",
        "0.1e1, 1",
        "12345e-3000000000, x",
        "1200e-2, 12",
        "9007199254740991.0, 9007199254740991",
        "0.00000000000000000000000000000000000000001e41, 1"
    })
    void readsWhatIsWhole(String number, String value) {
        if (value.equals("x")) {
            assertThatThrownBy(() -> adjust(number)).isInstanceOf(JacksonException.class);
            return;
        }
        assertThat(adjust(number).delta()).isEqualTo(Long.valueOf(value));
        assertThat(JSON.readValue("{\"qty\":" + number + ",\"expectedVersion\":" + number + "}", ReserveRequest.class))
                .isEqualTo(new ReserveRequest(Long.valueOf(value), Long.valueOf(value), null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.5",
                "0.1",
                "1e-1",
                "1e400",
                "1e-400",
                "-1e19",
                "1e999999999",
                "1e2147483647",
                "1e2147483648",
                "1e-2147483648",
                "10e2147483647",
                "9223372036854775808",
                "9223372036854775808.0",
                "9999999999999999999.0",
                "1e19",
                "\"1\"",
                "\"1.0\"",
                "true",
                "[1.0]",
                "{}",
                "NaN",
                "Infinity",
                "-Infinity",
                "1.",
                ".5",
                "+1",
                "01.0",
                "0x10"
            })
    void refusesTheRest(String number) {
        assertThatThrownBy(() -> adjust(number)).isInstanceOf(JacksonException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {2_000, 60_000})
    void refusesAtOnceWhatHasVeryManyDigits(int digits) {
        for (String number : new String[] {
            "1".repeat(digits),
            "1" + "0".repeat(digits) + ".0",
            "1." + "0".repeat(digits),
            "0." + "0".repeat(digits) + "1e" + digits,
            "1e" + "9".repeat(digits),
            "1e-" + "0".repeat(digits) + "1"
        }) {
            assertThatThrownBy(() -> adjust(number)).isInstanceOf(JacksonException.class);
        }
    }

    private static AdjustRequest adjust(String delta) {
        return JSON.readValue("{\"delta\":" + delta + "}", AdjustRequest.class);
    }
}
