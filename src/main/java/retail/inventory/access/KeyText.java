package retail.inventory.access;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The text of a key: {@code invk_}, its public id (12 characters), {@code _}, 256 random bits (43 characters), CRC-32 of all
 * before (6 characters). Letters and digits only, so that one double click takes it; with a beginning and a checksum that let
 * programs find keys where none belongs, as GitHub's have.
 *
 * <p>A fast hash will do: slowness pays for what can be guessed, and 256 random bits cannot. So a key is never chosen by a person.
 */
public final class KeyText {

    /** What every key begins with. */
    public static final String PREFIX = "invk_";

    static final int ID_LENGTH = 12;
    static final int LENGTH = 67;

    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String ID_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final Pattern FORM = Pattern.compile("invk_[0-9a-z]{12}_[0-9A-Za-z]{49}");
    private static final int SECRET_BITS = 256;
    private static final int SECRET_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int LAST = 4;
    private static final int ID_END = PREFIX.length() + ID_LENGTH;

    /** Cloning it takes a tenth of the time of getInstance. */
    private static final MessageDigest SHA_256 = sha256();

    private KeyText() {}

    /** A new id. */
    static String newId(SecureRandom random) {
        StringBuilder id = new StringBuilder(ID_LENGTH);
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ID_DIGITS.charAt(random.nextInt(ID_DIGITS.length())));
        }
        return id.toString();
    }

    /** A new key with this id. */
    static String make(String id, SecureRandom random) {
        String open = PREFIX + id + "_" + base62(new BigInteger(SECRET_BITS, random), SECRET_LENGTH);
        return open + checksum(open);
    }

    /** Whether it begins as a key does; of anything else nobody needs to know the hash. */
    public static boolean isMeantAsKey(String text) {
        return text.startsWith(PREFIX);
    }

    /** What is wrong with the text of a key, in a sentence; null when it can be one. */
    public static @Nullable String fault(String text) {
        if (!isMeantAsKey(text)) {
            return "It does not begin with " + PREFIX + ", as keys do.";
        }
        if (text.length() != LENGTH) {
            return "It has " + text.length() + " characters, and a key has " + LENGTH + ".";
        }
        if (!FORM.matcher(text).matches()) {
            return "It has a character that no key has there: keys are " + PREFIX
                    + ", 12 small letters or digits, _, and 49 letters or digits.";
        }
        int checked = LENGTH - CHECKSUM_LENGTH;
        return checksum(text.substring(0, checked)).equals(text.substring(checked))
                ? null
                : "Its checksum does not match: a character is mistyped or missing.";
    }

    /** The id in a text that has the length of a key; null when it can be none. */
    static @Nullable String idIn(String text) {
        return text.length() == LENGTH && isMeantAsKey(text) && text.charAt(ID_END) == '_'
                ? text.substring(PREFIX.length(), ID_END)
                : null;
    }

    static boolean isId(String text) {
        return text.matches("[0-9a-z]{12}");
    }

    /** What a person recognizes a key by. */
    static String lastFour(String text) {
        return text.substring(text.length() - LAST);
    }

    /** SHA-256 of a text of Latin-1, which headers are. */
    static byte[] hash(String text) {
        return hash(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    static byte[] hash(byte[] bytes) {
        try {
            MessageDigest digest = (MessageDigest) SHA_256.clone();
            return digest.digest(bytes);
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("the JDK's own can be cloned", e);
        }
    }

    private static String checksum(String open) {
        CRC32 crc = new CRC32();
        crc.update(open.getBytes(StandardCharsets.US_ASCII));
        return base62(BigInteger.valueOf(crc.getValue()), CHECKSUM_LENGTH);
    }

    private static String base62(BigInteger number, int length) {
        char[] digits = new char[length];
        BigInteger rest = number;
        for (int i = length - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(digits);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has it", e);
        }
    }
}
