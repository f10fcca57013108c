package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import retail.inventory.journal.EventFeed;
import retail.inventory.service.Idempotency;

/** An identity that uses up idempotency keys leaves those of others alone. */
class SharedKeysTest {

    private static final long TTL_MS = 60_000;
    private static final long KEYS_MAX = 80;
    private static final int SHARE = 10;

    @RegisterExtension
    static final RunningService SERVICE = new RunningService(
            "--inventory.admission.rate-limit-rps=0", "--spring.main.sources=" + FewKeys.class.getName());

    private static final IssuedKeys KEYS = new IssuedKeys(SERVICE);

    /** A table that is soon full. */
    static class FewKeys {

        @Bean
        @Primary
        static Idempotency fewKeys(EventFeed log) {
            return new Idempotency(log, System::nanoTime, TTL_MS, KEYS_MAX, 10_000);
        }
    }

    @BeforeAll
    static void keys() {
        KEYS.create("till", "--can read,adjust,open --store S1");
        KEYS.create("other", "--can read,adjust,open --store S1");
        KEYS.awaitUse("other");
    }

    private static Reply adjust(String who, String key) {
        return SERVICE.adjust("S1", "A", 1, "Idempotency-Key", key, "Authorization", KEYS.as(who)[1]);
    }

    @Test
    void noneHasMoreThanItsShare() {
        for (int i = 0; i < SHARE; i++) {
            assertThat(adjust("till", "order-" + i).status()).isIn(200, 201);
        }
        Reply refused = adjust("till", "order-more");
        assertThat(refused.isProblem("too-many-keys")).as(refused.toString()).isTrue();
        assertThat(refused.status()).isEqualTo(429);
        assertThat(Integer.parseInt(String.valueOf(refused.header("retry-after"))))
                .isBetween(1, 60);
        assertThat(refused.text("detail")).contains("has 10 idempotency keys");
        assertThat(adjust("till", "order-3").header("idempotency-replayed")).isEqualTo("true");
        assertThat(SERVICE.adjust("S1", "A", 1, KEYS.as("till")).status()).isEqualTo(200);
        assertThat(adjust("other", "order-more").status()).isEqualTo(200);
        assertThat(SERVICE.read("S1", "A", KEYS.as("till")).number("qty")).isEqualTo(SHARE + 2);
    }
}
