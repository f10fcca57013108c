package retail.inventory.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.factories.DefaultJWSVerifierFactory;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import java.security.Key;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Set;
import java.util.regex.Pattern;

/** What a token must be, whoever signed it. The library's defaults are more lenient: see docs/adr/0018. */
final class TokenRules {

    /** With a private key each: nobody who can check a signature can make one. */
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);

    /** By so much the issuer's clock may differ. */
    static final Duration SKEW = Duration.ofSeconds(30);

    static final int LENGTH_MAX = 4096;

    /** The libraries skip what is not base64url, so that one token could be written in any number of ways. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private static final Duration LIFE_MAX = Duration.ofHours(24);

    private final InstantSource clock;
    private final DefaultJOSEObjectTypeVerifier<SecurityContext> types =
            new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null);
    private final DefaultJWTClaimsVerifier<SecurityContext> claimsRule;
    private final DefaultJWSVerifierFactory verifiers = new DefaultJWSVerifierFactory();

    /**
     * A token that keeps all rules but one: its signature was not looked at.
     *
     * @param expires when it ends, the difference of clocks included
     */
    record Unverified(SignedJWT token, JWTClaimsSet claims, Instant expires) {}

    /** A token breaks a rule; the message is for the operator, as the client is told nothing. */
    static final class BrokenException extends Exception {

        private static final long serialVersionUID = 1;

        BrokenException(String message) {
            super(message);
        }
    }

    TokenRules(String issuer, String audience, InstantSource clock) {
        this.clock = clock;
        JWTClaimsSet exactly = new JWTClaimsSet.Builder().issuer(issuer).build();
        this.claimsRule = new DefaultJWTClaimsVerifier<>(Set.of(audience), exactly, Set.of(), Set.of()) {
            @Override
            protected Date currentTime() {
                return Date.from(clock.instant());
            }
        };
        claimsRule.setMaxClockSkew((int) SKEW.toSeconds());
    }

    /** Whether a text can be a token at all. */
    static boolean isForm(String text) {
        return text.length() <= LENGTH_MAX && FORM.matcher(text).matches();
    }

    /** Reads a text that {@link #isForm}. All that costs little is looked at here, before a key is asked for. */
    Unverified read(String text) throws BrokenException {
        try {
            SignedJWT token = SignedJWT.parse(text);
            if (!ALGORITHMS.contains(token.getHeader().getAlgorithm())) {
                throw new BrokenException("alg is " + token.getHeader().getAlgorithm());
            }
            types.verify(token.getHeader().getType(), null);
            JWTClaimsSet claims = token.getJWTClaimsSet();
            claimsRule.verify(claims, null);
            return new Unverified(token, claims, expires(claims));
        } catch (ParseException | BadJOSEException | RuntimeException e) { // whatever a stranger wrote is no defect
            throw new BrokenException(String.valueOf(e.getMessage()));
        }
    }

    private Instant expires(JWTClaimsSet claims) throws BrokenException {
        if (claims.getSubject() == null || claims.getSubject().isBlank()) {
            throw new BrokenException("there is no sub");
        }
        if (claims.getExpirationTime() == null) {
            throw new BrokenException("there is no exp");
        }
        Instant end = claims.getExpirationTime().toInstant();
        if (end.isAfter(clock.instant().plus(LIFE_MAX).plus(SKEW))) {
            throw new BrokenException("exp is more than " + LIFE_MAX.toHours() + " hours ahead");
        }
        return end.plus(SKEW);
    }

    /** Looks at the signature. */
    void verify(Unverified read, Key key) throws BrokenException {
        try {
            SignedJWT token = read.token();
            if (!token.verify(verifiers.createJWSVerifier(token.getHeader(), key))) {
                throw new BrokenException(
                        "the signature is not by the key " + token.getHeader().getKeyID());
            }
        } catch (JOSEException e) {
            throw new BrokenException(String.valueOf(e.getMessage()));
        }
    }
}
