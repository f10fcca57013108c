package retail.inventory.journal.file;

import java.time.DateTimeException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Checksum;
import retail.inventory.files.Timestamps;
import retail.inventory.journal.Event;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Reads a line of the log: checksum first, then its members in whatever order. Not thread-safe. */
final class LineDecoder {

    private final JsonFactory json = new JsonFactory();

    /**
     * A whole line.
     *
     * @param durableClaim the sequence it proves durable, or {@link LineEncoder#NO_CLAIM}
     * @param event null when the line stands for a lost event
     */
    record Line(long sequence, long durableClaim, @Nullable Event event) {}

    /** A line that is not what was written. */
    static final class DamagedLineException extends Exception {
        private static final long serialVersionUID = 1;

        private final String reason;

        DamagedLineException(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /** Reads one line, given without its line end. */
    Line decode(byte[] bytes, int offset, int length) throws DamagedLineException {
        String damage = Checksum.damage(bytes, offset, length);
        if (damage != null) {
            throw new DamagedLineException(damage);
        }
        Members m = new Members();
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
            parser.nextToken();
            readObject(parser, m);
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new DamagedLineException("its checksum is right but it is no event: " + e.getMessage());
        }
        return m.line();
    }

    private static void readObject(JsonParser parser, Members m) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "sequence" -> m.sequence = parser.getLongValue();
                case "durable" -> m.durable = parser.getLongValue();
                case "eventId" -> m.eventId = UUID.fromString(parser.getString());
                case "ts" -> m.atMs = Timestamps.millis(parser.getString());
                case "type" -> m.type = parser.getString();
                case "payload" -> readPayload(parser, m);
                case "result" -> readResult(parser, m);
                case "key" -> m.key = parser.getString();
                case "request" -> m.fingerprint = parser.getString();
                case "traceId" ->
                    m.traceId = value == JsonToken.VALUE_STRING ? parser.getString() : skipped(parser, value);
                default -> skip(parser, value);
            }
        }
    }

    private static void readPayload(JsonParser parser, Members m) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "storeId" -> m.storeId = parser.getString();
                case "sku" -> m.sku = parser.getString();
                case "delta", "qty" -> m.amount = parser.getLongValue();
                case "expectedVersion" -> m.expectedVersion = parser.getLongValue();
                default -> skip(parser, value);
            }
        }
    }

    private static void readResult(JsonParser parser, Members m) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "qty" -> m.resultQty = parser.getLongValue();
                case "version" -> m.resultVersion = parser.getLongValue();
                default -> skip(parser, value);
            }
        }
    }

    private static void skip(JsonParser parser, JsonToken value) {
        if (value.isStructStart()) {
            parser.skipChildren();
        }
    }

    private static @Nullable String skipped(JsonParser parser, JsonToken value) {
        skip(parser, value);
        return null;
    }

    private static final class Members {
        private long sequence;
        private long durable = LineEncoder.NO_CLAIM;
        private @Nullable UUID eventId;
        private long atMs;
        private String type = "";
        private String storeId = "";
        private String sku = "";
        private long amount;
        private @Nullable Long expectedVersion;
        private long resultQty;
        private long resultVersion;
        private @Nullable String key;
        private @Nullable String fingerprint;
        private @Nullable String traceId;

        private Line line() throws DamagedLineException {
            if (type.equals(LineEncoder.QUARANTINED)) {
                return new Line(sequence, durable, null);
            }
            if (eventId == null) {
                throw new DamagedLineException("its checksum is right but it has no eventId");
            }
            Event.KeyedRequest request =
                    key == null || fingerprint == null ? null : new Event.KeyedRequest(key, fingerprint);
            return new Line(
                    sequence,
                    durable,
                    new Event(
                            sequence,
                            eventId,
                            atMs,
                            type,
                            storeId,
                            sku,
                            amount,
                            expectedVersion,
                            resultQty,
                            resultVersion,
                            request,
                            traceId != null && Event.isTraceId(traceId) ? traceId : null));
        }
    }
}
