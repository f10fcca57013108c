package retail.inventory.access;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.files.RealDisk;

/** What whoever makes a key is told of it. */
class KeyIssuerTest {

    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");
    private static final List<Grant> GRANTS = List.of(new Grant(List.of("S1"), Set.of(Operation.READ)));

    @TempDir
    private Path data;

    private final List<String> texts = new ArrayList<>();
    private KeyFile file;
    private KeyIssuer issuer;

    @BeforeEach
    void open() {
        file = KeyFile.in(new RealDisk(), data);
        issuer = new KeyIssuer(file, new AuditTrail(new RealDisk(), data, () -> NOW), () -> NOW, new SecureRandom());
    }

    private KeyRecord create(String name) throws IOException {
        Instant expires = NOW.plusSeconds(60);
        return issuer.create(
                new KeyIssuer.Wish(name, "till", GRANTS, expires), (key, text) -> texts.add(key.id() + text));
    }

    @Test
    void isToldAllOfAKey() throws IOException {
        KeyRecord made = create("till-7");
        assertThat(made.role()).isEqualTo("till");
        assertThat(made.grants()).isEqualTo(GRANTS);
        assertThat(made.expires()).isEqualTo(NOW.plusSeconds(60));
        assertThat(made.identity().expires()).isEqualTo(made.expires());
        assertThat(made.state(NOW)).isEqualTo("in use");
        assertThat(made.state(NOW.plusSeconds(60))).isEqualTo("expired");
        assertThat(texts)
                .singleElement()
                .asString()
                .startsWith(made.id() + "invk_")
                .endsWith(made.lastFour());
        KeyRecord rotated = issuer.rotate("till-7", Duration.ofSeconds(9), (key, text) -> texts.add(key.id() + text));
        assertThat(rotated.id()).isEqualTo(made.id());
        assertThat(texts.getLast()).endsWith(rotated.lastFour()).isNotEqualTo(texts.getFirst());
        assertThat(rotated.beforeUntil(NOW)).isEqualTo(NOW.plusSeconds(9));
        assertThat(rotated.beforeUntil(NOW.plusSeconds(9))).isNull();
        assertThat(issuer.revoke(made.id()).state(NOW)).isEqualTo("revoked");
        assertThat(issuer.inUse("till-7")).isNull();
    }

    @Test
    void aTornLineIsWrittenOverHoweverLongItIs() throws IOException {
        KeyRecord one = create("one");
        byte[] torn = "{\"format\":1,\"op\":\"create\"".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        Files.write(file.path(), torn, StandardOpenOption.APPEND);
        KeyRecord two = create("two");
        assertThat(Files.readAllLines(file.path())).hasSize(2).allMatch(line -> line.endsWith("}"));
        assertThat(requireNonNull(file.read().withId(one.id())).name()).isEqualTo("one");
        assertThat(requireNonNull(file.read().withId(two.id())).name()).isEqualTo("two");
    }

    @Test
    void hashesAreTheSameWhenAllOfThemIs() {
        KeyRecord.Secret secret = KeyRecord.Secret.of("invk_one");
        assertThat(KeyRecord.Secret.of("invk_one")).isEqualTo(secret).hasSameHashCodeAs(secret);
        assertThat(KeyRecord.Secret.of("invk_two")).isNotEqualTo(secret);
        assertThat(new KeyRecord.Secret(secret.hash(), "none")).isNotEqualTo(secret);
        assertThat(secret.toString()).isEqualTo("…_one").doesNotContain(secret.sha256());
    }
}
