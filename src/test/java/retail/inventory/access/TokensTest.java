package retail.inventory.access;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which tokens show somebody, and for how long they are remembered; with an issuer that is not there and a time of its own. */
class TokensTest {

    private static final URI ELSEWHERE = URI.create("http://127.0.0.1:1/keys");
    private static final String ISSUER = "https://id.example/realms/shop";
    private static final RSAKey KEY = MadeTokens.newKey("first");
    private static final RSAKey NEXT = MadeTokens.newKey("next");

    private final Keys denied = new Keys(() -> Instant.EPOCH);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong(-77);
    private Instant now = Instant.parse("2026-12-01T10:00:00Z");
    private final MadeTokens made = new MadeTokens(KEY, ISSUER, "inventory", () -> now);
    private @Nullable JWKSet page = new JWKSet(KEY);
    private final IssuerKeys issuer = new IssuerKeys(this::read, nanos::get);
    private final ClaimedGrants grants =
            new ClaimedGrants(new ClaimedGrants.Names("scope", "inventory_stores", "realm_access.roles"));
    private final Tokens tokens = new Tokens(
            issuer, new TokenRules(ISSUER, "inventory", () -> now), grants, denied, () -> now, nanos::get, 1);

    private JWKSet read() throws IOException {
        asked.incrementAndGet();
        if (page == null) {
            throw new IOException("away");
        }
        return page.toPublicJWKSet();
    }

    @BeforeEach
    void begin() {
        issuer.look();
    }

    private void pass(Duration time) {
        now = now.plus(time);
        nanos.addAndGet(time.toNanos());
    }

    private @Nullable Identity identify(String token) throws UndecidedException {
        Identity known = tokens.find(token);
        return known == null && tokens.isUnseen(token) ? tokens.verify(token) : known;
    }

    static List<String> good() {
        return List.copyOf(
                new MadeTokens(KEY, ISSUER, "inventory", Instant::now).good().keySet());
    }

    static List<String> bad() {
        return List.copyOf(new MadeTokens(KEY, ISSUER, "inventory", Instant::now)
                .bad(ELSEWHERE)
                .keySet());
    }

    @ParameterizedTest
    @MethodSource
    void good(String name) throws UndecidedException {
        assertThat(identify(requireNonNull(made.good().get(name)))).isNotNull();
    }

    @ParameterizedTest
    @MethodSource
    void bad(String name) throws UndecidedException {
        String token = requireNonNull(made.bad(ELSEWHERE).get(name));
        assertThat(identify(token)).isNull();
        assertThat(identify(token)).isNull();
        assertThat(asked.get()).as("times the issuer was asked").isEqualTo(asks(name));
    }

    /** What breaks a rule needs no key. */
    private static int asks(String name) {
        return name.equals("unknown kid") || name.equals("jku") ? 2 : 1;
    }

    @Test
    void aTokenShowsItsSubjectAndWhatItWasGranted() throws UndecidedException {
        String token = made.with(claims -> claims);
        assertThat(tokens.find(token)).isNull();
        Identity carl = requireNonNull(tokens.verify(token));
        assertThat(tokens.find(token)).isSameAs(carl);
        assertThat(carl.id()).isEqualTo("jwt:1:carl").isEqualTo(carl.by());
        assertThat(carl.kind()).isEqualTo(Identity.Kind.JWT);
        assertThat(carl.may(Operation.READ, "S1")).isTrue();
        assertThat(carl.may(Operation.READ, "S2")).isFalse();
        assertThat(carl.may(Operation.ADJUST, "S1")).isFalse();
        assertThat(carl.expires()).isEqualTo(made.end());
        assertThat(tokens.count(Tokens.Outcome.VERIFIED)).isEqualTo(1);
        assertThat(tokens.count(Tokens.Outcome.REFUSED)).isZero();
    }

    @Test
    void aTokenEndsWhenItExpiresWhateverIsRemembered() throws UndecidedException {
        String token = made.with(claims -> claims.expirationTime(java.util.Date.from(now.plusSeconds(60))));
        Identity carl = requireNonNull(identify(token));
        pass(Duration.ofSeconds(60).plus(TokenRules.SKEW).minusMillis(1));
        assertThat(identify(token)).isNotNull();
        assertThat(tokens.isStillIn(carl)).isTrue();
        pass(Duration.ofMillis(1));
        assertThat(tokens.isStillIn(carl)).isFalse();
        assertThat(identify(token)).isNull();
        assertThat(tokens.isUnseen(token)).as("worth a look").isFalse();
        pass(Duration.ofMinutes(5));
        assertThat(identify(token)).isNull();
    }

    @Test
    void aTokenIsLookedAtAgainAfterFiveMinutesAndARefusedOneAfterTenSeconds() throws UndecidedException {
        String token = made.with(claims -> claims.expirationTime(java.util.Date.from(now.plusSeconds(3600))));
        assertThat(identify(token)).isNotNull();
        pass(Duration.ofMinutes(5).minusMillis(1));
        assertThat(tokens.find(token)).isNotNull();
        pass(Duration.ofMillis(1));
        assertThat(tokens.find(token)).isNull();
        assertThat(identify(token)).isNotNull();

        String refused = made.with(claims -> claims.subject(null));
        assertThat(identify(refused)).isNull();
        pass(Duration.ofSeconds(10).minusMillis(1));
        assertThat(tokens.isUnseen(refused)).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(tokens.isUnseen(refused)).isTrue();
        assertThat(tokens.count(Tokens.Outcome.REFUSED)).isEqualTo(1);
    }

    @Test
    void aNewKeyIsTakenWhenATokenNamesItAndTheOldOneEndsWithItsPage() throws UndecidedException {
        String old = made.with(claims -> claims);
        assertThat(identify(old)).isNotNull();
        String early = new MadeTokens(NEXT, ISSUER, "inventory", () -> now).with(claims -> claims);
        assertThat(identify(early)).isNull();
        assertThat(asked.get()).isEqualTo(2);
        page = new JWKSet(NEXT);
        pass(Duration.ofSeconds(11));
        assertThat(identify(early)).as("asked again too soon").isNull();
        pass(Duration.ofSeconds(30));
        assertThat(identify(old)).isNotNull();
        assertThat(identify(early)).isNotNull();
        assertThat(asked.get()).isEqualTo(3);
        assertThat(tokens.find(old)).as("by a key that is gone").isNull();
        assertThat(identify(old)).isNull();
    }

    @Test
    void aRefusalIsForgottenWhenTheKeysChange() throws UndecidedException {
        String early = new MadeTokens(NEXT, ISSUER, "inventory", () -> now).with(claims -> claims);
        assertThat(identify(early)).isNull();
        page = new JWKSet(List.of(KEY, NEXT));
        pass(Duration.ofSeconds(25));
        assertThat(identify(early)).isNull();
        pass(Duration.ofSeconds(5));
        RSAKey third = MadeTokens.newKey("third");
        assertThat(identify(new MadeTokens(third, ISSUER, "inventory", () -> now).with(claims -> claims)))
                .isNull();
        assertThat(asked.get()).isEqualTo(3);
        assertThat(identify(early)).isNotNull();
    }

    @Test
    void theIssuerIsAskedEachFiveMinutesAndEachFiveSecondsWhileItIsAway() {
        pass(Duration.ofMinutes(5).minusNanos(1));
        issuer.look();
        assertThat(asked.get()).isEqualTo(1);
        pass(Duration.ofNanos(1));
        page = null;
        issuer.look();
        assertThat(asked.get()).isEqualTo(2);
        pass(Duration.ofSeconds(5).minusNanos(1));
        issuer.look();
        assertThat(asked.get()).isEqualTo(2);
        pass(Duration.ofNanos(1));
        issuer.look();
        assertThat(asked.get()).isEqualTo(3);
        assertThat(issuer.size()).isEqualTo(1);
    }

    @Test
    void whenTheIssuerIsAwayKnownKeysGoOnAndUnknownOnesAreUndecided() throws UndecidedException {
        page = null;
        String other = new MadeTokens(NEXT, ISSUER, "inventory", () -> now).with(claims -> claims);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> identify(other))
                    .isInstanceOf(UndecidedException.class)
                    .extracting(e -> ((UndecidedException) e).reason())
                    .isEqualTo(UndecidedException.Reason.ISSUER_AWAY);
        }
        assertThat(asked.get()).isEqualTo(2);
        assertThat(issuer.problem()).isEqualTo("away");
        assertThat(identify(made.with(claims -> claims))).isNotNull();
        assertThat(tokens.count(Tokens.Outcome.ISSUER_AWAY)).isEqualTo(3);
        page = new JWKSet(List.of(KEY, NEXT));
        pass(Duration.ofSeconds(5));
        issuer.look();
        assertThat(issuer.problem()).isEmpty();
        assertThat(issuer.size()).isEqualTo(2);
        assertThat(identify(other)).isNotNull();
    }

    @Test
    void aTokenThatSaysNoKeyMustLeaveNoDoubtWhichItIs() throws UndecidedException {
        page = new JWKSet(List.of(KEY, NEXT));
        pass(Duration.ofMinutes(5));
        issuer.look();
        assertThat(identify(requireNonNull(made.good().get("no kid, and one key"))))
                .isNull();
    }

    @Test
    void whenTooManyAreLookedAtTheOthersAreUndecided() {
        Tokens busy = new Tokens(
                issuer, new TokenRules(ISSUER, "inventory", () -> now), grants, denied, () -> now, nanos::get, 0);
        assertThatThrownBy(() -> busy.verify(made.with(claims -> claims)))
                .isInstanceOf(UndecidedException.class)
                .extracting(e -> ((UndecidedException) e).reason())
                .isEqualTo(UndecidedException.Reason.BUSY);
        assertThat(busy.count(Tokens.Outcome.BUSY)).isEqualTo(1);
    }

    @Test
    void aSubjectThatIsDeniedIsLetInNoMore() throws UndecidedException {
        String token = made.with(claims -> claims);
        Identity carl = requireNonNull(identify(token));
        denied.take(KeyRecords.of(List.of(new KeyLine.Denied(now, "jwt:1:carl"))));
        assertThat(tokens.isStillIn(carl)).isFalse();
        assertThat(identify(token)).isNull();
        assertThat(identify(made.with(claims -> claims.claim("more", 1)))).isNull();
        assertThat(identify(made.with(claims -> claims.subject("carla")))).isNotNull();
    }
}
