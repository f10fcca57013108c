package retail.inventory.journal.file;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Checksum;
import retail.inventory.files.Timestamps;
import retail.inventory.journal.Event;
import retail.inventory.stock.Cause;
import retail.inventory.stock.HeldUnits;
import retail.inventory.stock.Movements;
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
            return m.line();
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new DamagedLineException("its checksum is right but it is no event: " + e.getMessage());
        }
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
                case "result" -> m.single.readResult(parser);
                case "movements" -> readMovements(parser, m);
                case "by" -> m.by = parser.getString();
                case "key" -> m.key = parser.getString();
                case "request" -> m.fingerprint = parser.getString();
                case "traceId" ->
                    m.traceId = value == JsonToken.VALUE_STRING ? parser.getString() : skipped(parser, value);
                default -> skip(parser, value);
            }
        }
    }

    /** Members that say why are told on; those that nobody knows are skipped. */
    private static void readPayload(JsonParser parser, Members m) {
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken value = parser.nextToken();
            switch (name) {
                case "storeId" -> m.single.storeId = parser.getString();
                case "sku" -> m.single.sku = parser.getString();
                case "delta" -> m.single.delta = parser.getLongValue();
                case "qty" -> m.single.delta = -parser.getLongValue();
                case "expectedVersion" -> m.expectedVersion = parser.getLongValue();
                case "reason" -> m.reason = parser.getString();
                case "reference" -> m.reference = parser.getString();
                case "actor" -> m.actor = parser.getString();
                case "occurredAt" -> m.occurredAt = Instant.ofEpochMilli(Timestamps.millis(parser.getString()));
                default -> {
                    if (!m.hold.reads(name, parser)) {
                        skip(parser, value);
                    }
                }
            }
        }
    }

    private static void readMovements(JsonParser parser, Members m) {
        List<MovementMembers> movements = new ArrayList<>();
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            movements.add(MovementMembers.read(parser));
        }
        m.several = movements;
    }

    static void skip(JsonParser parser, JsonToken value) {
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
        private final MovementMembers single = new MovementMembers();
        private @Nullable List<MovementMembers> several;
        private final HoldMembers hold = new HoldMembers();
        private @Nullable Long expectedVersion;
        private @Nullable String reason;
        private @Nullable String reference;
        private @Nullable String actor;
        private @Nullable Instant occurredAt;
        private String by = Cause.LOCAL;
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
                            movements(),
                            several == null ? null : hold.hold(several, Instant.ofEpochMilli(atMs)),
                            expectedVersion,
                            cause(),
                            request,
                            traceId != null && Event.isTraceId(traceId) ? traceId : null));
        }

        private Movements movements() {
            if (several == null) {
                return single.movement(null, HeldUnits.NO_END);
            }
            return Movements.of(several.stream()
                    .map(one -> one.movement(hold.id, hold.endsMs))
                    .toList());
        }

        private Cause cause() {
            Cause told = new Cause(by, reason, reference, actor, occurredAt);
            return told.isBare() && by.equals(Cause.LOCAL) ? Cause.NONE : told;
        }
    }
}
