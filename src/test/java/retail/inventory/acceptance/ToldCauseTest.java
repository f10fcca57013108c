package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a client says of why it changes stock goes into the event, and from there to whoever follows. */
class ToldCauseTest {

    private static final String KEY = "Idempotency-Key";

    @RegisterExtension
    static final RunningService SERVICE = new RunningService();

    @Test
    void isToldInTheFeedAlsoAfterARestart() {
        Reply sold = change(
                "TOLD",
                "{\"delta\":5,\"reason\":\"RECEIVED\",\"reference\":\"PO-7 / 3\",\"actor\":\"Ann\","
                        + "\"occurredAt\":\"2026-11-22T11:00:00.5+01:00\"}");
        assertThat(sold.status()).isEqualTo(201);
        SERVICE.restart();
        JsonNode event = event(sold);
        assertThat(event.get("by").asString()).isEqualTo("local");
        assertThat(event.get("reason").asString()).isEqualTo("RECEIVED");
        assertThat(event.get("reference").asString()).isEqualTo("PO-7 / 3");
        assertThat(event.get("actor").asString()).isEqualTo("Ann");
        assertThat(event.get("occurredAt").asString()).isEqualTo("2026-11-22T10:00:00.500Z");
        assertThat(event.at("/movements/0/delta").asLong()).isEqualTo(5);
    }

    @Test
    void nothingIsToldOfWhatWasNotSaid() {
        JsonNode event = event(change("SILENT", "{\"delta\":5,\"reason\":null}"));
        for (String member : new String[] {"reason", "reference", "actor", "occurredAt"}) {
            assertThat(event.has(member)).as(member).isFalse();
        }
    }

    @Test
    void whatHappensInTheFutureHappensNow() {
        Instant tomorrow = Instant.now().plus(1, ChronoUnit.DAYS);
        Reply sold = change("FUTURE", "{\"delta\":5,\"occurredAt\":\"" + tomorrow + "\"}");
        assertThat(event(sold).get("occurredAt").asString()).isEqualTo(sold.text("updatedAt"));
    }

    @Test
    void anotherReasonIsAnotherRequest() {
        String lost = "{\"delta\":5,\"reason\":\"FOUND\"}";
        assertThat(change("AGAIN", lost, KEY, "why-1").status()).isEqualTo(201);
        assertThat(change("AGAIN", lost, KEY, "why-1").header("idempotency-replayed"))
                .isEqualTo("true");
        Reply other = change("AGAIN", "{\"delta\":5,\"reason\":\"RETURNED\"}", KEY, "why-1");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("type")).endsWith("idempotency-key-reused");
    }

    @ParameterizedTest
    @CsvSource({
        "reason, '\"sold\"', must be 1 to 32 of A to Z",
        "reason, '\"\"', must be 1 to 32 of A to Z",
        "reason, 5, must be a JSON string",
        "reason, true, must be a JSON string",
        "reference, '\" \"', must be 1 to 128 printable ASCII",
        "reference, '\"ü\"', must be 1 to 128 printable ASCII",
        "actor, '\"a\\tb\"', must be 1 to 64 printable ASCII",
        "actor, '[\"a\"]', must be a JSON string",
        "occurredAt, '\"yesterday\"', must be a time from 1970 on in ISO 8601",
        "occurredAt, '\"1969-12-31T23:59:59Z\"', must be a time from 1970 on in ISO 8601",
        "occurredAt, '\"2026-11-22T10:00:00\"', must be a time from 1970 on in ISO 8601",
        "occurredAt, '\"-1000000000-01-01T00:00:00Z\"', must be a time from 1970 on in ISO 8601",
        "occurredAt, 1795341600123, must be a JSON string",
        "by, '\"boss\"', must not have a member"
    })
    void whatBreaksARuleIsRefusedAndChangesNothing(String field, String value, String rule) {
        Reply refused = change("REFUSED", "{\"delta\":5,\"" + field + "\":" + value + "}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("detail")).contains(rule);
        assertThat(refused.text("field")).isEqualTo(field);
        assertThat(SERVICE.read("S1", "REFUSED").status()).isEqualTo(404);
    }

    private static Reply change(String sku, String body, String... headers) {
        return SERVICE.post(RunningService.path("S1", sku) + "/adjust", body, headers);
    }

    private static JsonNode event(Reply change) {
        return SERVICE.get("/events?limit=1&after=" + (change.number("sequence") - 1))
                .json()
                .at("/events/0");
    }
}
