package retail.inventory.prove;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** The feed, page by page. */
final class FeedPages {

    private FeedPages() {}

    /** Hands over every event behind a sequence, at least up to another. */
    static void each(ProvingClient client, long after, long last, Consumer<JsonNode> reader) {
        long position = after;
        while (position < last) {
            JsonNode page = client.get("/events?limit=1000&after=" + position).json();
            page.path("events").forEach(reader);
            long next = page.path("next").asLong(position);
            if (next <= position) {
                throw new ProofFailedException("the feed ends at " + position + ", but " + last + " was acknowledged");
            }
            position = next;
        }
    }
}
