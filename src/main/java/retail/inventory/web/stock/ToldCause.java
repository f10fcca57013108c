package retail.inventory.web.stock;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import retail.inventory.stock.Cause;
import retail.inventory.web.ProblemException;

/** Reads what a client says of why it changes stock. */
final class ToldCause {

    private ToldCause() {}

    /**
     * What it says.
     *
     * @param occurredAt in ISO 8601 with an offset
     * @throws ProblemException when some of it breaks a rule
     */
    static Cause of(
            @Nullable String reason, @Nullable String reference, @Nullable String actor, @Nullable String occurredAt) {
        if (reason == null && reference == null && actor == null && occurredAt == null) {
            return Cause.NONE;
        }
        require("reason", reason == null || Cause.isReason(reason), Cause.REASON_RULE);
        require("reference", reference == null || Cause.isReference(reference), Cause.REFERENCE_RULE);
        require("actor", actor == null || Cause.isActor(actor), Cause.ACTOR_RULE);
        return new Cause(Cause.LOCAL, reason, reference, actor, occurredAt == null ? null : instant(occurredAt));
    }

    private static void require(String field, boolean holds, String rule) {
        if (!holds) {
            throw ProblemException.invalid(field, field + " must be " + rule);
        }
    }

    private static Instant instant(String text) {
        try {
            Instant told = Instant.parse(text).truncatedTo(ChronoUnit.MILLIS);
            if (!told.isBefore(Instant.EPOCH)) {
                return told;
            }
        } catch (DateTimeException notOne) {
            // said below, as for one before 1970
        }
        throw ProblemException.invalid(
                "occurredAt",
                "occurredAt must be a time from 1970 on in ISO 8601, like 2026-11-22T10:00:00.123Z or"
                        + " 2026-11-22T11:00:00+01:00");
    }
}
