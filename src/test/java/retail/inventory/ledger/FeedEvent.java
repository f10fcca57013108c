package retail.inventory.ledger;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.Optional;
import retail.inventory.lab.Answer;
import tools.jackson.databind.JsonNode;

/**
 * One change of stock as the feed tells it.
 *
 * @param sequence its place among all changes, from 1 on
 * @param delta units
 * @param held what the key holds after it
 */
record FeedEvent(long sequence, LedgerKey key, long delta, Held held) {

    /**
     * Reads the next one from a stream of server-sent events, or nothing when the stream has ended. What no empty line
     * ends is not an event: the stream was cut within it.
     */
    static Optional<FeedEvent> next(BufferedReader stream) throws IOException {
        String id = "";
        String data = "";
        for (String line = stream.readLine(); line != null; line = stream.readLine()) {
            if (line.startsWith("id:")) {
                id = line.substring("id:".length()).strip();
            } else if (line.startsWith("data:")) {
                data += line.substring("data:".length()).strip();
            } else if (line.isEmpty() && !data.isEmpty()) {
                return Optional.of(parse(id, data));
            }
        }
        return Optional.empty();
    }

    private static FeedEvent parse(String id, String data) {
        JsonNode json = Answer.json(data);
        long sequence = Answer.number(json, "sequence");
        if (!id.split("\\.", 2)[0].equals(Long.toString(sequence))) { // behind the point is the log's identity
            throw new ReplayException("The id of an event is '%s' where its data says: %s".formatted(id, data));
        }
        JsonNode moved = json.path("movements").path(0); // a ledger's lines are of one SKU each
        LedgerKey key = new LedgerKey(
                moved.path("storeId").asString(), moved.path("sku").asString());
        Stock stock = new Stock(Answer.number(moved, "qty"), Answer.number(moved, "version"));
        return new FeedEvent(
                sequence,
                key,
                Answer.number(moved, "delta"),
                new Held(stock, json.path("ts").asString()));
    }
}
