package retail.inventory.ops;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How often an answer to a scrape is worked out, on a clock that is held. */
class ScrapeCacheTest {

    private long now = -5;
    private int worked;

    private final ScrapeCache cache = new ScrapeCache(() -> now);

    @Test
    void isWorkedOutOnceASecondAtMostForEachFormat() {
        assertThat(ask("text")).isEqualTo(1);
        now += 999_999_999;
        assertThat(ask("text")).isEqualTo(1);
        assertThat(ask("protobuf")).isEqualTo(2);
        now += 1;
        assertThat(ask("text")).isEqualTo(3);
    }

    private @Nullable Object ask(String format) {
        return cache.get(format, () -> ++worked);
    }
}
