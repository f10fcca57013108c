package retail.inventory.lab;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import retail.inventory.history.History;
import retail.inventory.history.HttpOutcome;
import retail.inventory.history.Operation;
import tools.jackson.databind.JsonNode;

/** A client that writes down all it asks and is told; safe for any number of threads. What has no answer never ends in the history. */
public final class RecordingClient implements AutoCloseable {

    /** How many events it asks for at once. */
    static final int PAGE = 200;

    private final Client client;
    private final History history;
    private final Tally tally;
    private final HoldRecord holds;

    /** One that may be refused for every honest reason. */
    public RecordingClient(URI service, History history, Findings findings) {
        this(service, history, Tally.honest(findings));
    }

    /** One that counts with others. */
    public RecordingClient(URI service, History history, Tally tally) {
        this(service, history, tally, new HoldRecord());
    }

    /** One that holds stock as well. */
    RecordingClient(URI service, History history, Tally tally, HoldRecord holds) {
        this.client = new Client(service);
        this.history = history;
        this.tally = tally;
        this.holds = holds;
    }

    /** The client below it, for what no history is about. */
    public Client client() {
        return client;
    }

    /** Asks for a change. */
    public Answer change(String store, String sku, long delta, @Nullable String key) throws IOException {
        return change(new Order(store, sku, delta, null, key));
    }

    /** Asks for a change. */
    public Answer change(Order order) throws IOException {
        Operation operation = history.changes(order.place(), order.delta(), order.expectedVersion(), order.key());
        long sent = System.nanoTime();
        Answer answer;
        try {
            answer = client.change(order.store(), order.sku(), order.delta(), order.expectedVersion(), order.key());
        } catch (IOException e) {
            tally.unanswered();
            throw e;
        }
        boolean _ = HttpOutcome.tell(operation, answer.status(), answer.replayed(), answer.body());
        tally.answered(order, sent, answer);
        return answer;
    }

    /** Asks for something of a hold, or of the stock that holds are of. */
    Answer change(HoldWish wish) throws IOException {
        long sent = System.nanoTime();
        Answer answer;
        try {
            answer = wish.sentTo(client);
        } catch (IOException e) {
            holds.unanswered(wish);
            tally.unanswered();
            throw e;
        }
        holds.answered(wish, answer);
        tally.answered(wish.toString(), sent, answer);
        return answer;
    }

    /** Reads a record. */
    public Answer read(String store, String sku) throws IOException {
        Operation operation = history.reads(store + "/" + sku);
        Answer answer = client.record(store, sku);
        boolean _ = HttpOutcome.tell(operation, answer.status(), answer.replayed(), answer.body());
        tally.read(store + "/" + sku, answer);
        return answer;
    }

    /** What the central view shows of a SKU in all stores. */
    public void centralSku(String sku) throws IOException {
        JsonNode view = shown("/central/skus/" + Client.encoded(sku));
        for (JsonNode store : view.path("stores")) {
            saw(store.path("storeId").asString() + "/" + sku, store);
        }
    }

    /** All that the central view shows. */
    public void centralInventory() throws IOException {
        JsonNode view = shown("/central/inventory");
        view.path("inventory")
                .properties()
                .forEach(store -> store.getValue()
                        .properties()
                        .forEach(sku -> saw(store.getKey() + "/" + sku.getKey(), sku.getValue())));
    }

    /** The events after one, as many as come at once; the latest of them. */
    public long feed(long after) throws IOException {
        JsonNode page = shown("/events?after=" + after + "&limit=" + PAGE);
        history.sawDurable(page.path("durableSequence").asLong(0));
        long next = after;
        for (JsonNode event : page.path("events")) {
            long sequence = event.path("sequence").asLong();
            if (sequence != next + 1) {
                throw new AssertionError("the feed goes from " + next + " to " + sequence);
            }
            next = sequence;
            history.sawEvent(sequence, event.path("eventId").asString());
            for (JsonNode movement : event.path("movements")) {
                saw(
                        movement.path("storeId").asString() + "/"
                                + movement.path("sku").asString(),
                        movement);
            }
        }
        return next;
    }

    @Override
    public void close() {
        client.close();
    }

    private JsonNode shown(String path) throws IOException {
        Answer answer = client.get(path);
        tally.read(path, answer);
        JsonNode json = answer.json();
        if (answer.status() == 200) {
            history.sawDurable(json.at("/asOf/sequence").asLong(0));
        }
        return json;
    }

    private void saw(String place, JsonNode record) {
        long version = record.path("version").asLong();
        long qty = record.path("qty").asLong();
        if (HoldRecord.isOfHolds(place)) {
            holds.saw(place, version, qty);
        } else {
            history.saw(place, version, qty);
        }
    }
}
