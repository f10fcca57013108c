package retail.inventory.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading a time gives what the JDK's own, slower reader gives. */
class TimestampsTest {

    @Test
    void readsEveryTimeAsTheJdkDoes() {
        Random random = new Random(1);
        long end = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
        for (int i = 0; i < 100_000; i++) {
            long millis = random.nextLong(-end / 4, end) / (i % 3 == 0 ? 1000 : 1) * (i % 3 == 0 ? 1000 : 1);
            String text = Instant.ofEpochMilli(millis).toString();
            assertThat(Timestamps.millis(text)).as(text).isEqualTo(millis);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29T12:00:00Z",
                "2026-11-22T10:00:00.123456Z",
                "2026-11-22T10:00:00.1Z",
                "2026-11-22T24:00:00Z",
                "2026-12-31T23:59:60Z",
                "+12026-11-22T10:00:00Z",
                "2026-11-22T10:00:00.123+01:00"
            })
    void readsUnusualFormsAsTheJdkDoes(String text) {
        assertThat(Timestamps.millis(text)).isEqualTo(Instant.parse(text).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-22T10:00:00.123",
                "2026-02-30T10:00:00.123Z",
                "+999999999-12-31T23:59:59Z",
                "2026-13-01T10:00:00.123Z",
                "2026-11-22T25:00:00.123Z",
                "2026-11-22T10:60:00.123Z",
                "2026-11-22T10:00:61.123Z",
                "2026-11-22 10:00:00.123Z",
                "2026-11-22T10:00:00,123Z",
                "202x-11-22T10:00:00.123Z",
                "2026-11-22T10:00:00.12xZ",
                "2026-11-22T10:00:00.123z!"
            })
    void refusesWhatIsNoTime(String text) {
        assertThatThrownBy(() -> Timestamps.millis(text)).isInstanceOf(DateTimeException.class);
    }
}
