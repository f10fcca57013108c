package retail.inventory.powercut;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import retail.inventory.process.Client;
import retail.inventory.process.Client.Reply;

/** A client that reads stock, the central view and the feed by turns, and tells what it sees. */
final class Reader {

    private static final int PAGE = 200;

    private final Client client;
    private final Told told;
    private final Random random;
    private long position;

    Reader(Client client, Told told, Random random) {
        this.client = client;
        this.told = told;
        this.random = random;
        this.position = Math.max(0, told.sequence() - PAGE);
    }

    /** Reads until nobody answers. */
    void run() throws IOException {
        while (true) {
            String sku = Clients.SKUS.get(random.nextInt(Clients.SKUS.size()));
            switch (random.nextInt(6)) {
                case 0, 1, 2 -> record(Clients.STORES.get(random.nextInt(Clients.STORES.size())), sku);
                case 3 -> centralSku(sku);
                case 4 -> centralInventory();
                default -> position = feed(position);
            }
        }
    }

    /** A store's record of a SKU. */
    Reply record(String store, String sku) throws IOException {
        String place = store + "/" + sku;
        long sent = System.nanoTime();
        Reply record = client.get("/stores/" + store + "/inventory/" + sku);
        if (told.read(place, sent, record)) {
            told.shown(place, record.number("version"), record.number("qty"));
        }
        return record;
    }

    private void centralSku(String sku) throws IOException {
        Reply view = client.get("/central/skus/" + sku);
        if (told.read(null, 0, view)) {
            asOf(view);
            for (Object each : (Collection<?>) view.body().getOrDefault("stores", List.of())) {
                Map<?, ?> store = (Map<?, ?>) each;
                told.shown(store.get("storeId") + "/" + sku, number(store, "version"), number(store, "qty"));
            }
        }
    }

    /** All of the central view, by place: how it is shown. */
    Reply centralInventory() throws IOException {
        Reply view = client.get("/central/inventory");
        if (told.read(null, 0, view)) {
            asOf(view);
            ((Map<?, ?>) view.body().getOrDefault("inventory", Map.of()))
                    .forEach((store, skus) -> ((Map<?, ?>) skus).forEach((sku, shown) -> {
                        Map<?, ?> record = (Map<?, ?>) shown;
                        told.shown(store + "/" + sku, number(record, "version"), number(record, "qty"));
                    }));
        }
        return view;
    }

    /** A page of the feed; where the next one begins. */
    long feed(long after) throws IOException {
        Reply page = client.get("/events?after=" + after + "&limit=" + PAGE);
        if (!told.read(null, 0, page)) {
            return after;
        }
        told.durable(page.number("durableSequence"));
        for (Object each : (Collection<?>) page.body().getOrDefault("events", List.of())) {
            Map<?, ?> event = (Map<?, ?>) each;
            told.event(number(event, "sequence"), String.valueOf(event.get("eventId")));
            for (Object moved : (Collection<?>) Objects.requireNonNull(event.get("movements"))) {
                Map<?, ?> movement = (Map<?, ?>) moved;
                told.shown(
                        movement.get("storeId") + "/" + movement.get("sku"),
                        number(movement, "version"),
                        number(movement, "qty"));
            }
        }
        return page.number("next");
    }

    private void asOf(Reply view) {
        if (view.body().get("asOf") instanceof Map<?, ?> asOf) {
            told.durable(number(asOf, "sequence"));
        }
    }

    private static long number(Map<?, ?> of, String member) {
        return Long.parseLong(String.valueOf(of.get(member)));
    }
}
