package retail.inventory.lab;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a client asks for that holds stock for its customers: something of a hold, or a delivery to the stock they are of.
 *
 * @param key under which it may be sent again
 * @param units of each SKU, as {@code store/sku}, that the hold shall have or that are delivered; none when it does not say
 */
record HoldWish(String key, Kind kind, String holdId, Map<String, Long> units, int ttlSeconds) {

    enum Kind {
        DELIVERY,
        PLACE,
        EXTEND,
        CONFIRM,
        RELEASE
    }

    Answer sentTo(Client client) throws IOException {
        return switch (kind) {
            case DELIVERY -> {
                Map.Entry<String, Long> only = units.entrySet().iterator().next();
                String[] place = only.getKey().split("/", 2);
                yield client.adjust(place[0], place[1], only.getValue(), key);
            }
            case PLACE -> client.put("/holds/" + holdId, key, "{" + ttl() + ",\"lines\":[" + lines() + "]}");
            case EXTEND -> client.post("/holds/" + holdId + "/extend", key, "{" + ttl() + "}");
            case CONFIRM -> client.post("/holds/" + holdId + "/confirm", key, "{}");
            case RELEASE -> client.post("/holds/" + holdId + "/release", key, "{}");
        };
    }

    private String ttl() {
        return "\"ttlSeconds\":" + ttlSeconds;
    }

    private String lines() {
        return units.entrySet().stream()
                .map(line -> {
                    String[] place = line.getKey().split("/", 2);
                    return "{\"storeId\":\"%s\",\"sku\":\"%s\",\"qty\":%d}"
                            .formatted(place[0], place[1], line.getValue());
                })
                .collect(Collectors.joining(","));
    }
}
