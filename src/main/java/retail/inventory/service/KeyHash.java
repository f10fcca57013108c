package retail.inventory.service;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * 128 bits in place of an idempotency key. Clients choose keys, so the hash is salted: SHA-256 over random bytes that only
 * this process has, and the key. Without them nobody can look for two keys with one hash, and among a million that meet by
 * chance there is such a pair once in 10^26 processes. It means nothing to another process and is never written.
 */
record KeyHash(long high, long low) {

    private static final byte[] SALT = new byte[32];

    static {
        new SecureRandom().nextBytes(SALT);
    }

    static KeyHash of(String key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(SALT);
            ByteBuffer hash = ByteBuffer.wrap(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
            return new KeyHash(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
