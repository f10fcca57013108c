package retail.inventory.ledger;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a store or the central view holds of a SKU, and since when. */
record Held(Stock stock, String updatedAt) {

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int SHOWN = 500;

    /** Reads the record of a SKU. */
    static Held of(JsonNode record) {
        if (!record.path("updatedAt").isString()) {
            throw new ReplayException("This is no record: " + record);
        }
        return new Held(
                new Stock(number(record, "qty"), number(record, "version")),
                record.path("updatedAt").asString());
    }

    /** Reads an answer; nothing may be in it twice. */
    static JsonNode json(String text) {
        try {
            return STRICT.readTree(text);
        } catch (JacksonException e) {
            throw new ReplayException(
                    "This is not understood: " + text.substring(0, Math.min(SHOWN, text.length())), e);
        }
    }

    /** A member that has to be a number. */
    static long number(JsonNode json, String member) {
        JsonNode value = json.path(member);
        if (!value.isIntegralNumber()) {
            throw new ReplayException("There is no number %s in %s".formatted(member, json));
        }
        return value.asLong();
    }

    @Override
    public String toString() {
        return stock + " of " + updatedAt;
    }
}
