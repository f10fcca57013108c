package retail.inventory.access;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose tokens show who somebody is.
 *
 * @param issuer exactly as it stands in tokens
 * @param audience the name of this service in tokens
 * @param keysPage where the issuer's keys are; null = where the issuer says
 * @param keysFile a file that has them instead; null = none
 * @param claims the names of what says what a token's owner may do
 */
record TokenSettings(
        String issuer,
        String audience,
        @Nullable URI keysPage,
        @Nullable Path keysFile,
        ClaimedGrants.Names claims) {

    private static final String ISSUER = "ACCESS_JWT_ISSUER";
    private static final String KEYS = "ACCESS_JWT_JWKS";

    /** On this machine nobody listens on the way. */
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

    /**
     * Reads what was set.
     *
     * @param keys {@code ACCESS_JWT_JWKS}: a page, a file, or nothing
     * @throws AccessStartException with a sentence that says what to do
     */
    static TokenSettings of(String issuer, String audience, String keys, ClaimedGrants.Names claims) {
        URI origin = page(ISSUER, issuer);
        if (origin.getRawQuery() != null) {
            throw new AccessStartException(ISSUER + " is " + issuer + ", and an issuer has no query.");
        }
        if (audience.isBlank()) {
            throw new AccessStartException(
                    ISSUER + " is set and ACCESS_JWT_AUDIENCE is not, so any token of this issuer"
                            + " would do, for whatever service it was made: say by which audience (aud) tokens name this one.");
        }
        if (keys.isBlank()) {
            return new TokenSettings(issuer, audience, null, null, claims);
        }
        if (!keys.contains("://")) {
            return new TokenSettings(issuer, audience, null, Path.of(keys), claims);
        }
        URI page = page(KEYS, keys);
        if (!isOneOrigin(origin, page)) {
            throw new AccessStartException(KEYS + " is " + keys + ", which is elsewhere than " + ISSUER
                    + ": name a page of the issuer's, or a file, or nothing, when the issuer says where its keys are.");
        }
        return new TokenSettings(issuer, audience, page, null, claims);
    }

    /** Whether two pages have one scheme, host and port. */
    static boolean isOneOrigin(URI one, URI other) {
        return one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && port(one) == port(other);
    }

    /** Whether keys that come from there are those that were sent. */
    static boolean isTrusted(URI page) {
        String host = Objects.requireNonNullElse(page.getHost(), "");
        boolean untapped = "https".equalsIgnoreCase(page.getScheme())
                || ("http".equalsIgnoreCase(page.getScheme())
                        && LOOPBACK.matcher(host).matches());
        return untapped && !host.isEmpty() && page.getRawUserInfo() == null && page.getRawFragment() == null;
    }

    private static URI page(String name, String text) {
        try {
            URI page = new URI(text);
            if (isTrusted(page)) {
                return page;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw new AccessStartException(name + " is " + text + ": it must be a URL like https://id.example/realms/shop"
                + " (http only on this machine), with no user and no fragment.");
    }

    private static int port(URI page) {
        return page.getPort() >= 0 ? page.getPort() : "https".equalsIgnoreCase(page.getScheme()) ? 443 : 80;
    }
}
