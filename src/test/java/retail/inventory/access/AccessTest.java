package retail.inventory.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who is asked, by what was set. */
class AccessTest {

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
}
