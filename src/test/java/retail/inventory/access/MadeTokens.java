package retail.inventory.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Tokens with the key of an issuer that no issuer makes, each with one thing that is wrong, and good ones beside them. */
public final class MadeTokens {

    private static final RSAKey STRANGERS = newKey("strangers");

    private final RSAKey key;
    private final String issuer;
    private final String audience;
    private final InstantSource clock;

    /** Signed by a key of the issuer's. */
    public MadeTokens(RSAKey key, String issuer, String audience, InstantSource clock) {
        this.key = key;
        this.issuer = issuer;
        this.audience = audience;
        this.clock = clock;
    }

    static RSAKey newKey(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).keyUse(KeyUse.SIGNATURE).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private Date in(Duration time) {
        return Date.from(clock.instant().plus(time));
    }

    private JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(audience)
                .subject("carl")
                .expirationTime(in(Duration.ofMinutes(5)))
                .claim("scope", "openid inventory:read")
                .claim("inventory_stores", List.of("S1"));
    }

    private JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID());
    }

    /** One in which nothing is wrong but what is changed. */
    public String with(UnaryOperator<JWTClaimsSet.Builder> change) {
        return signed(header(), change.apply(claims()));
    }

    /** One that names another key. */
    public String of(String keyId) {
        return headed(header -> header.keyID(keyId));
    }

    private String headed(UnaryOperator<JWSHeader.Builder> change) {
        return signed(change.apply(header()), claims());
    }

    private String signed(JWSHeader.Builder header, JWTClaimsSet.Builder claims) {
        return signed(header.build(), claims.build(), key);
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, RSAKey key) {
        try {
            return signed(header, claims, new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer) {
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
        return token.serialize();
    }

    /** By their names: those that have to be let in. */
    public Map<String, String> good() {
        Map<String, String> good = new LinkedHashMap<>();
        good.put("plain", with(claims -> claims));
        good.put("typ JWT", headed(header -> header.type(JOSEObjectType.JWT)));
        good.put("typ AT+jwt", headed(header -> header.type(new JOSEObjectType("AT+jwt"))));
        good.put("PS256", signed(renamed(JWSAlgorithm.PS256), claims()));
        good.put("no kid, and one key", headed(header -> header.keyID(null)));
        good.put("expired 29 s ago", with(claims -> claims.expirationTime(in(Duration.ofSeconds(-29)))));
        good.put("exp in 24 h", with(claims -> claims.expirationTime(in(Duration.ofHours(24)))));
        good.put("not before in 29 s", with(claims -> claims.notBeforeTime(in(Duration.ofSeconds(29)))));
        good.put("several audiences", with(claims -> claims.audience(List.of("account", audience))));
        return good;
    }

    /** By their names: those that must not be let in. */
    public Map<String, String> bad(URI elsewhere) {
        Map<String, String> bad = new LinkedHashMap<>();
        bad.put("no exp", with(claims -> claims.expirationTime(null)));
        bad.put("exp in 100 years", with(claims -> claims.expirationTime(in(Duration.ofDays(36_500)))));
        bad.put("exp in 24 h and 40 s", with(claims -> claims.expirationTime(in(Duration.ofSeconds(86_440)))));
        bad.put("expired 31 s ago", with(claims -> claims.expirationTime(in(Duration.ofSeconds(-31)))));
        bad.put("not before in 35 s", with(claims -> claims.notBeforeTime(in(Duration.ofSeconds(35)))));
        bad.put("no aud", with(claims -> claims.audience((String) null)));
        bad.put("other aud", with(claims -> claims.audience("account")));
        bad.put("aud that begins so", with(claims -> claims.audience(audience + "-admin")));
        bad.put("no sub", with(claims -> claims.subject(null)));
        bad.put("blank sub", with(claims -> claims.subject(" ")));
        bad.put("no iss", with(claims -> claims.issuer(null)));
        bad.put("other issuer", with(claims -> claims.issuer(issuer + "/other")));
        bad.put("typ JOSE", headed(header -> header.type(JOSEObjectType.JOSE)));
        bad.put("typ logout+jwt", headed(header -> header.type(new JOSEObjectType("logout+jwt"))));
        bad.put("RS512", signed(renamed(JWSAlgorithm.RS512), claims()));
        bad.put("unknown kid", headed(header -> header.keyID("no such key")));
        bad.put("crit", headed(header -> header.criticalParams(Set.of("exp")).customParam("exp", 1)));
        addUnsigned(bad);
        addStrangers(bad, elsewhere);
        addForms(bad);
        return bad;
    }

    private JWSHeader.Builder renamed(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm).keyID(key.getKeyID());
    }

    private void addUnsigned(Map<String, String> bad) {
        String claims = with(same -> same).split("\\.", -1)[1];
        Base64URL none = Base64URL.encode("{\"alg\":\"none\",\"kid\":\"" + key.getKeyID() + "\"}");
        bad.put("alg none", none + "." + claims + ".");
        bad.put("alg none with a signature", none + "." + claims + ".AAAA");
        try {
            byte[] open = key.toPublicKey().getEncoded();
            JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                    .keyID(key.getKeyID())
                    .build();
            bad.put("HS256 with the public key", signed(header, claims().build(), new MACSigner(open)));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** Signed by a stranger, who says that his key is the one to take. */
    private void addStrangers(Map<String, String> bad, URI elsewhere) {
        bad.put("signed by a stranger", signed(header().build(), claims().build(), STRANGERS));
        JWSHeader page = header().keyID(STRANGERS.getKeyID()).jwkURL(elsewhere).build();
        bad.put("jku", signed(page, claims().build(), STRANGERS));
        JWSHeader inside = header().jwk(STRANGERS.toPublicJWK()).build();
        bad.put("jwk", signed(inside, claims().build(), STRANGERS));
        JWSHeader certificate = header().x509CertURL(elsewhere).build();
        bad.put("x5u", signed(certificate, claims().build(), STRANGERS));
    }

    private void addForms(Map<String, String> bad) {
        String good = with(claims -> claims);
        bad.put("= at the end", good + "=");
        int end = good.length() - 9; // in the signature, which nothing else looks at as a text
        bad.put("a space inside", good.substring(0, end) + " " + good.substring(end));
        bad.put("a line break inside", good.substring(0, end) + "\n" + good.substring(end));
        bad.put("a + inside", good + "+");
        bad.put("four parts", good + ".AAAA");
        bad.put("two parts", good.substring(0, good.lastIndexOf('.')));
        bad.put("a letter of the signature", good.substring(0, good.length() - 9) + "AAAAAAAAA");
        bad.put("too long", with(claims -> claims.claim("more", "x".repeat(3000))));
        String claims = good.split("\\.", -1)[1];
        bad.put("no JSON", Base64URL.encode("{{") + "." + claims + ".AAAA");
        bad.put("null", Base64URL.encode("null") + "." + claims + ".AAAA");
        bad.put("deep JSON", Base64URL.encode("{\"a\":" + "[".repeat(2500)) + "." + claims + ".AA");
        bad.put("claims that are no object", signed("[1]"));
        bad.put(
                "exp that is a text",
                signed("{\"iss\":\"" + issuer + "\",\"aud\":\"" + audience + "\",\"sub\":\"a\",\"exp\":\"2099\"}"));
        bad.put(
                "exp that is null",
                signed("{\"iss\":\"" + issuer + "\",\"aud\":\"" + audience + "\",\"sub\":\"a\",\"exp\":null}"));
    }

    /** Whatever it claims. */
    private String signed(String payload) {
        try {
            String text = header().build().toBase64URL() + "." + Base64URL.encode(payload);
            return text + "." + new RSASSASigner(key).sign(header().build(), text.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** The stranger's public keys, as his page shows them. */
    public static String strangersKeys() {
        return new com.nimbusds.jose.jwk.JWKSet(STRANGERS.toPublicJWK()).toString();
    }

    /** When {@link #good} ones end. */
    Instant end() {
        return clock.instant().plus(Duration.ofMinutes(5)).plus(TokenRules.SKEW);
    }
}
