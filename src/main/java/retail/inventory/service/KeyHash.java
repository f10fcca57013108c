package retail.inventory.service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * 128 bits in place of an idempotency key. Clients choose keys, so the hash is salted: SHA-256 over random bytes that only
 * this process has, and the key. Without them nobody can look for two keys with one hash, and among a million that meet by
 * chance there is such a pair once in 10^17 processes. It means nothing to another process and is never written.
 *
 * <p>32 of the bits are those of the key's owner, which is what stands before its first space: the web puts the identity there.
 */
record KeyHash(long high, long low) {

    private static final byte[] SALT = new byte[32];

    static {
        new SecureRandom().nextBytes(SALT);
    }

    static KeyHash of(String key) {
        ByteBuffer hash = salted(key);
        int space = key.indexOf(' ');
        long owner = space < 0 ? 0 : salted(key.substring(0, space)).getInt();
        return new KeyHash((owner << Integer.SIZE) | (hash.getInt() & 0xFFFF_FFFFL), hash.getLong());
    }

    /** Whose key it is, but for a chance of one in four thousand million that it is another's; 0 = nobody's. */
    int owner() {
        return (int) (high >>> Integer.SIZE);
    }

    private static ByteBuffer salted(String text) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(SALT);
            return ByteBuffer.wrap(sha.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
