package retail.inventory.access;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is asked, by what was set. */
class AccessTest {

    private static final List<Grant> GRANTS = List.of(new Grant(List.of("S1"), Set.of(Operation.READ)));
    private static final Instant UNTIL = Instant.EPOCH.plusSeconds(60);

    private final Keys keys = new Keys(() -> Instant.EPOCH);
    private final Tokens tokens = new Tokens(
            new IssuerKeys(JWKSet::new, () -> 0),
            new TokenRules("https://id.example", "inventory", () -> Instant.EPOCH),
            new ClaimedGrants(new ClaimedGrants.Names("scope", "stores", "roles")),
            keys,
            () -> Instant.EPOCH,
            () -> 0,
            1);

    private Access.Mode mode(@Nullable Tokens issued, String setting, boolean loopback) {
        return Access.of(keys, issued, setting, "h", loopback).mode();
    }

    @Test
    void anIssuerHasEverybodyAskedEverywhere() {
        assertThat(mode(tokens, "", true)).isEqualTo(Access.Mode.REQUIRED);
        assertThat(mode(tokens, "", false)).isEqualTo(Access.Mode.REQUIRED);
        assertThat(mode(tokens, "required", false)).isEqualTo(Access.Mode.REQUIRED);
        assertThat(mode(tokens, "open", false)).isEqualTo(Access.Mode.OPEN);
    }

    @Test
    void withoutOneAndWithoutKeysItIsAsBefore() {
        assertThat(mode(null, "", true)).isEqualTo(Access.Mode.LOCAL);
        assertThat(mode(null, "open", false)).isEqualTo(Access.Mode.OPEN);
        assertThatThrownBy(() -> mode(null, "", false))
                .isInstanceOf(AccessStartException.class)
                .hasMessageContaining("ACCESS_JWT_ISSUER");
        assertThatThrownBy(() -> mode(null, "required", true))
                .isInstanceOf(AccessStartException.class)
                .hasMessageContaining("ACCESS_JWT_ISSUER");
    }

    @Test
    void withoutAnIssuerNoTokenShowsAnybody() throws UndecidedException {
        Access access = Access.of(keys, null, "", "h", true);
        assertThat(access.identify("a.b.c")).isNull();
        assertThat(access.isUnseenToken("a.b.c")).isFalse();
        assertThat(access.verify("a.b.c")).isNull();
    }

    @Test
    void whoeverHasAKeyIsInForAsLongAsItCanBeUsed() {
        Instant[] now = {Instant.EPOCH};
        Keys timed = new Keys(() -> now[0]);
        Access access = Access.of(timed, null, "", "h", true);
        assertThat(access.isStillIn(Identity.LOCAL)).isTrue();
        assertThat(access.grantsNow(Identity.LOCAL)).isEqualTo(Grants.ALL);
        String text = KeyText.make("abcdefghij01", new SecureRandom());
        KeyLine.Created created = new KeyLine.Created(
                Instant.EPOCH, "abcdefghij01", "till-7", "till", GRANTS, UNTIL, KeyRecord.Secret.of(text));
        timed.take(KeyRecords.of(List.of(created)));
        assertThat(access.mode()).isEqualTo(Access.Mode.REQUIRED);
        assertThat(access.isStillIn(Identity.LOCAL)).isFalse();
        assertThat(access.grantsNow(Identity.LOCAL)).isNull();
        Identity till = requireNonNull(access.identify(text));
        assertThat(till.id()).isEqualTo("abcdefghij01");
        assertThat(access.identify(text.replace("invk_a", "invk_b"))).isNull();
        assertThat(access.isStillIn(till)).isTrue();
        assertThat(access.grantsNow(till)).isEqualTo(new Grants(GRANTS)).hasSameHashCodeAs(new Grants(GRANTS));
        timed.take(KeyRecords.of(List.of(AnyKeyLines.created("abcdefghij02", "other", "invk_other"))));
        assertThat(access.isStillIn(till)).as("it is in the file no more").isFalse();
        assertThat(access.grantsNow(till)).isNull();
        assertThat(timed.grants(till.id())).isNull();
        timed.take(KeyRecords.of(List.of(created)));
        now[0] = UNTIL;
        assertThat(access.isStillIn(till)).as("it has expired").isFalse();
        assertThat(access.identify(text)).isNull();
    }

    /** Whoever has a stream open by a text that was rotated is put out when that ends. */
    @Test
    void aTextOfBeforeARotationShowsSomebodyForAsLongAsItWorks() {
        Instant[] now = {Instant.EPOCH};
        Keys timed = new Keys(() -> now[0]);
        Access access = Access.of(timed, null, "", "h", true);
        String first = KeyText.make("abcdefghij01", new SecureRandom());
        String second = KeyText.make("abcdefghij01", new SecureRandom());
        KeyLine.Created created = new KeyLine.Created(
                Instant.EPOCH, "abcdefghij01", "till-7", "till", GRANTS, null, KeyRecord.Secret.of(first));
        timed.take(KeyRecords.of(List.of(created)));
        Identity before = requireNonNull(access.identify(first));
        timed.take(KeyRecords.of(List.of(
                created, new KeyLine.Rotated(Instant.EPOCH, "abcdefghij01", KeyRecord.Secret.of(second), UNTIL))));
        Identity again = requireNonNull(access.identify(first));
        Identity latest = requireNonNull(access.identify(second));
        for (Identity each : List.of(before, again, latest)) {
            assertThat(each.id()).isEqualTo("abcdefghij01");
            assertThat(access.isStillIn(each)).isTrue();
        }
        now[0] = UNTIL;
        assertThat(access.isStillIn(before)).isFalse();
        assertThat(access.isStillIn(again)).isFalse();
        assertThat(access.isStillIn(latest)).isTrue();
        assertThat(access.identify(first)).isNull();
    }

    @Test
    void whereOpenIsSaidNobodyIsPutOut() {
        keys.take(KeyRecords.of(List.of(AnyKeyLines.created("abcdefghij02", "other", "invk_other"))));
        Access access = Access.of(keys, null, "open", "h", false);
        assertThat(access.mode()).isEqualTo(Access.Mode.OPEN);
        assertThat(access.isStillIn(Identity.LOCAL)).isTrue();
    }

    @Test
    void anIssuersTokensAreLookedAtAndNothingElse() throws UndecidedException {
        Access access = Access.of(keys, tokens, "", "h", true);
        assertThat(access.isUnseenToken("invk_abc")).isFalse();
        assertThat(access.isUnseenToken("a.b.c")).isTrue();
        assertThat(access.verify("a.b.c")).isNull();
    }
}
