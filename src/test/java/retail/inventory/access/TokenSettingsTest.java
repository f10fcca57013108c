package retail.inventory.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which issuers can be named, and where their keys may be. */
class TokenSettingsTest {

    private static final ClaimedGrants.Names NAMES = new ClaimedGrants.Names("scope", "stores", "roles");

    private static TokenSettings of(String issuer, String audience, String keys) {
        return TokenSettings.of(issuer, audience, keys, NAMES);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://id.example/realms/shop",
                "https://id.example:8443/",
                "HTTPS://ID.example",
                "http://localhost:8080/realms/shop",
                "http://127.0.0.1:9000",
                "http://[::1]:9000"
            })
    void anIssuerIsAPageNobodyElseCanAnswerFor(String issuer) {
        TokenSettings settings = of(issuer, "inventory", "");
        assertThat(settings.issuer()).isEqualTo(issuer);
        assertThat(settings.keysPage()).isNull();
        assertThat(settings.keysFile()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example/realms/shop",
                "http://localhost.example",
                "http://127.0.0.1.example",
                "id.example",
                "https:/id.example",
                "https://",
                "https://user@id.example",
                "https://id.example#a",
                "https://id.example?a=b",
                "ftp://id.example",
                "file:///etc/passwd",
                "https://id .example"
            })
    void nothingElseIsOne(String issuer) {
        assertThatThrownBy(() -> of(issuer, "inventory", ""))
                .isInstanceOf(AccessStartException.class)
                .hasMessageContaining("ACCESS_JWT_ISSUER is " + issuer);
    }

    @Test
    void anIssuerNeedsAnAudience() {
        assertThatThrownBy(() -> of("https://id.example", " ", ""))
                .isInstanceOf(AccessStartException.class)
                .hasMessageContaining("ACCESS_JWT_AUDIENCE is not");
    }

    @Test
    void keysAreOfTheIssuersOriginOrInAFile() {
        URI page = of("https://id.example/shop", "inventory", "https://ID.example:443/keys?a=b")
                .keysPage();
        assertThat(page).isEqualTo(URI.create("https://ID.example:443/keys?a=b"));
        assertThat(of("https://id.example", "inventory", "/etc/keys.json").keysFile())
                .isEqualTo(Path.of("/etc/keys.json"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example, https://other.example/keys",
        "https://id.example, https://id.example:8443/keys",
        "https://localhost, http://localhost/keys",
        "http://localhost:80, http://localhost:81/keys",
        "https://localhost:80, http://localhost:80/keys",
        "https://id.example, http://id.example/keys",
    })
    void keysFromElsewhereAreRefused(String issuer, String keys) {
        assertThatThrownBy(() -> of(issuer, "inventory", keys))
                .isInstanceOf(AccessStartException.class)
                .hasMessageContaining("ACCESS_JWT_JWKS is " + keys);
    }
}
