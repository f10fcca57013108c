package retail.inventory.web.stock;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Makes ids of holds from idempotency keys: UUID version 8 (RFC 9562, section 5.8) of their SHA-256. A repetition of the request
 * is about the same hold, also when its key is forgotten by then: nobody's units are set aside twice.
 */
final class HoldIds {

    private static final String WHAT_FOR = "hold of key ";

    private HoldIds() {}

    static String of(String idempotencyKey) {
        ByteBuffer hash = ByteBuffer.wrap(sha256(WHAT_FOR + idempotencyKey));
        long high = (hash.getLong() & ~0xF000L) | 0x8000L;
        long low = (hash.getLong() >>> 2) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
