package retail.inventory.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * The id of whoever a token shows: {@code jwt:1:<sub>}. It stands in events and log lines, so a subject that is long or has
 * other characters than ids have is written as its hash. The number is the issuer's, of which there is one.
 */
final class TokenIdentity {

    private static final String ISSUER = "jwt:1:";
    private static final String HASHED = "sha256-";

    /** With {@link #ISSUER} no more than 80 characters. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._@|+=~/:-]{1,74}");

    private TokenIdentity() {}

    static String id(String subject) {
        // One that looks like a hash is hashed, or somebody could choose to be somebody else.
        if (PLAIN.matcher(subject).matches() && !subject.startsWith(HASHED)) {
            return ISSUER + subject;
        }
        byte[] hash = KeyText.hash(subject.getBytes(StandardCharsets.UTF_8));
        return ISSUER + HASHED + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }
}
