package retail.inventory.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a subject is, its id is short and plain, and nobody else's. */
class TokenIdentityTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"carl", "auth0|5f7c", "248289761001", "a@b.example", "6f1c2d1e-0000-4b11-9a2b-0123456789ab"})
    void aPlainSubjectStandsInIt(String subject) {
        assertThat(TokenIdentity.id(subject)).isEqualTo("jwt:1:" + subject);
    }

    @Test
    void anyOtherIsHashed() {
        String longest = "x".repeat(74);
        assertThat(TokenIdentity.id(longest)).isEqualTo("jwt:1:" + longest).hasSize(80);
        String hashed = TokenIdentity.id("x".repeat(75));
        assertThat(Stream.of("x".repeat(75), "two words", "line\nbreak", "Bücher", "\"", "ü", "?", "sha256-abc")
                        .map(TokenIdentity::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("jwt:1:sha256-[A-Za-z0-9_-]{43}"));
        assertThat(TokenIdentity.id(hashed.substring("jwt:1:".length()))).isNotEqualTo(hashed);
    }
}
