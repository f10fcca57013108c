package retail.inventory.checkpoint;

import java.util.HexFormat;
import tools.jackson.databind.JsonNode;

/**
 * How much of a file of holds counts, as the checkpoint says: it was durable before. What comes behind was never relied on.
 *
 * @param number the number in the file's name
 * @param bytes so many from the start on
 * @param crc the CRC-32C of these bytes
 */
record HoldExtent(int number, long bytes, long crc) {

    private static final int CRC_DIGITS = 8;

    String encoded() {
        return "{\"file\":" + number + ",\"bytes\":" + bytes + ",\"crc\":\""
                + HexFormat.of().toHexDigits(crc, CRC_DIGITS) + "\"}";
    }

    static HoldExtent of(JsonNode object) {
        return new HoldExtent(
                object.required("file").asInt(),
                object.required("bytes").asLong(),
                HexFormat.fromHexDigitsToLong(object.required("crc").asString()));
    }
}
