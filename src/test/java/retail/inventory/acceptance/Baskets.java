package retail.inventory.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.StringJoiner;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Asks a service about holds. */
record Baskets(RunningService service) {

    /** A line of a body. */
    static String line(String store, String sku, long qty) {
        return "{\"storeId\":\"" + store + "\",\"sku\":\"" + sku + "\",\"qty\":" + qty + "}";
    }

    /** The member {@code lines} of a body. */
    static String lines(String... lines) {
        StringJoiner all = new StringJoiner(",", "\"lines\":[", "]");
        for (String line : lines) {
            all.add(line);
        }
        return all.toString();
    }

    /** A body of lines alone. */
    static String basket(String... lines) {
        return "{" + lines(lines) + "}";
    }

    /** Puts JSON to a path; headers are names and values in turn. */
    Reply put(String path, String body, String... headers) {
        String[] all = Stream.concat(Stream.of("Content-Type", "application/json"), Stream.of(headers))
                .toArray(String[]::new);
        return service.send("PUT", path, BodyPublishers.ofString(body), all);
    }

    Reply place(String holdId, String body, String... headers) {
        return put("/holds/" + holdId, body, headers);
    }

    /** A hold of one SKU, for as long as holds last. */
    Reply place(String holdId, String sku, long qty) {
        return place(holdId, basket(line("S1", sku, qty)));
    }

    Reply confirm(String holdId) {
        return service.post("/holds/" + holdId + "/confirm", "{}");
    }

    Reply confirm(String holdId, String body, String key) {
        return service.post("/holds/" + holdId + "/confirm", body, "Idempotency-Key", key);
    }

    Reply release(String holdId) {
        return service.post("/holds/" + holdId + "/release", "{}");
    }

    Reply release(String holdId, String body, String key) {
        return service.post("/holds/" + holdId + "/release", body, "Idempotency-Key", key);
    }

    Reply extend(String holdId, long ttlSeconds) {
        return service.post("/holds/" + holdId + "/extend", "{\"ttlSeconds\":" + ttlSeconds + "}");
    }

    Reply hold(String holdId) {
        return service.get("/holds/" + holdId);
    }

    /** What a SKU has: on hand, set aside, to be had. */
    void requireStock(String sku, long qty, long held) {
        requireStock("S1", sku, qty, held);
    }

    void requireStock(String store, String sku, long qty, long held) {
        Reply record = service.read(store, sku);
        assertThat(record.number("qty")).as(record.body()).isEqualTo(qty);
        assertThat(record.number("held")).as(record.body()).isEqualTo(held);
        assertThat(record.number("available")).as(record.body()).isEqualTo(qty - held);
    }

    /** That a hold was refused for these lines, {@code SKU asked/available} each. */
    static void requireShort(Reply reply, String problem, String... lines) {
        assertThat(reply.isProblem(problem)).as(reply.toString()).isTrue();
        assertThat(reply.json().get("shortages").valueStream().map(Baskets::told))
                .as(reply.body())
                .containsExactly(lines);
    }

    private static String told(JsonNode line) {
        return line.get("sku").asString() + " " + line.get("requested") + "/" + line.get("available");
    }

    static void requireClosed(Reply reply, String state) {
        assertThat(reply.isProblem("hold-closed")).as(reply.toString()).isTrue();
        assertThat(reply.text("state")).isEqualTo(state);
    }
}
