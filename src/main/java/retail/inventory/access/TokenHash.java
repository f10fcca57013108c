package retail.inventory.access;

import java.nio.ByteBuffer;

/** SHA-256 of a token: what is remembered of it, for a token in memory is a token that can be stolen. */
record TokenHash(long first, long second, long third, long fourth) {

    static TokenHash of(String text) {
        ByteBuffer hash = ByteBuffer.wrap(KeyText.hash(text));
        return new TokenHash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }
}
