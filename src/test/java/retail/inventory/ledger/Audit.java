package retail.inventory.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import retail.inventory.lab.Answer;
import tools.jackson.databind.JsonNode;

/**
 * What the service's own comparison of the stores with the central view found in its last complete pass.
 *
 * @param checked how many keys it compared
 * @param at when it ended, as the service wrote it
 */
record Audit(long checked, long mismatches, String at) {

    private static final Duration PASS_MAX = Duration.ofMinutes(3);
    private static final long POLL_MS = 200;

    /** Waits for a pass that saw nothing but what was there at a time; nothing when the service has no audit. */
    static Optional<Audit> after(Instant end, ReplayClient client) throws InterruptedException {
        long giveUpNanos = System.nanoTime() + PASS_MAX.toNanos();
        String first = "";
        String body = "";
        while (System.nanoTime() < giveUpNanos) {
            Answer answer = client.get("/audit");
            if (answer.status() == 404) {
                return Optional.empty();
            }
            body = answer.body();
            JsonNode pass = Held.json(body);
            String at = pass.path("at").asString("");
            if (!at.isEmpty() && Instant.parse(at).isAfter(end)) {
                // A pass that ended after that time may have begun before it; the next one has not.
                if (!first.isEmpty() && !at.equals(first)) {
                    return Optional.of(new Audit(Held.number(pass, "checked"), Held.number(pass, "mismatches"), at));
                }
                first = at;
            }
            Thread.sleep(POLL_MS);
        }
        throw new ReplayException("No pass of the audit was complete within %s; it says: %s".formatted(PASS_MAX, body));
    }
}
