package retail.inventory.access;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.files.RealDisk;

/** What becomes of keys: made, rotated, revoked, expired. */
class KeysTest {

    private static final Instant START = Instant.parse("2026-12-01T10:00:00Z");
    private static final List<Grant> GRANTS = List.of(new Grant(List.of("S1"), Set.of(Operation.READ)));

    @TempDir
    private Path data;

    private final Map<String, String> texts = new HashMap<>();
    private Instant now = START;
    private KeyFile file;
    private KeyIssuer issuer;
    private Keys keys;

    @BeforeEach
    void begin() {
        file = KeyFile.in(new RealDisk(), data);
        issuer = new KeyIssuer(file, new AuditTrail(new RealDisk(), data, () -> now), () -> now, new SecureRandom());
        keys = new Keys(() -> now);
    }

    private String create(String name, @Nullable Duration lasts) throws IOException {
        KeyRecord made = issuer.create(
                new KeyIssuer.Wish(name, "till", GRANTS, lasts == null ? null : now.plus(lasts)),
                (key, text) -> texts.put(name, text));
        assertThat(made.name()).isEqualTo(name);
        keys.take(file.read());
        return requireNonNull(texts.get(name));
    }

    private String rotate(String key, Duration grace) throws IOException {
        issuer.rotate(key, grace, (record, text) -> texts.put("rotated", text));
        keys.take(file.read());
        return requireNonNull(texts.get("rotated"));
    }

    private boolean letsIn(String text) {
        return keys.identify(text) != null;
    }

    @Test
    void aKeyShowsWhoSendsIt() throws IOException {
        assertThat(keys.isEmpty()).isTrue();
        String till = create("till-7", null);
        String other = create("till-8", null);
        Identity identity = requireNonNull(keys.identify(till));
        assertThat(identity.name()).isEqualTo("till-7");
        assertThat(identity.id()).isEqualTo(KeyText.idIn(till)).isEqualTo(identity.by());
        assertThat(identity.kind()).isEqualTo(Identity.Kind.KEY);
        assertThat(identity.expires()).isNull();
        assertThat(identity.may(Operation.READ, "S1")).isTrue();
        assertThat(identity.may(Operation.READ, "S2")).isFalse();
        assertThat(identity.may(Operation.ADJUST, "S1")).isFalse();
        assertThat(identity.grants().all()).isEqualTo(GRANTS);
        assertThat(keys.identify(other)).isNotSameAs(identity);
        assertThat(keys.isEmpty()).isFalse();
        assertThat(keys.alive()).isEqualTo(2);
    }

    @Test
    void nothingElseShowsAnybody() throws IOException {
        String till = create("till-7", null);
        String other = create("till-8", null);
        assertThat(letsIn("")).isFalse();
        assertThat(letsIn(till + " ")).isFalse();
        assertThat(letsIn(till.substring(1))).isFalse();
        for (int i = 0; i < till.length(); i++) {
            char wrong = till.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(letsIn(till.substring(0, i) + wrong + till.substring(i + 1)))
                    .isFalse();
        }
        assertThat(letsIn(till.substring(0, 18) + other.substring(18))).isFalse();
        assertThat(letsIn(till.replace("_", "-"))).isFalse();
        assertThat(letsIn(KeyText.make("000000000000", new SecureRandom()))).isFalse();
    }

    @Test
    void aKeyEndsWhenItExpires() throws IOException {
        String till = create("till-7", Duration.ofDays(1));
        now = START.plus(Duration.ofDays(1)).minusMillis(1);
        assertThat(letsIn(till)).isTrue();
        assertThat(issuer.inUse("till-7")).isNotNull();
        now = START.plus(Duration.ofDays(1));
        assertThat(letsIn(till)).isFalse();
        assertThat(keys.alive()).isZero();
        assertThat(issuer.inUse("till-7")).isNull();
        assertThat(file.read().all().getFirst().state(now)).isEqualTo("expired");
        assertThat(file.read().all().getFirst().state(START)).isEqualTo("in use");
        assertThatThrownBy(() -> issuer.revoke("till-7"))
                .isInstanceOf(KeyRefusedException.class)
                .hasMessage("The key till-7 works no more: make a new one with key create.");
        assertThat(letsIn(create("till-7", null))).as("its name is free").isTrue();
    }

    @Test
    void aRevokedKeyEndsAtOnceWithBothTexts() throws IOException {
        String first = create("till-7", null);
        String second = rotate("till-7", Duration.ofDays(1));
        KeyRecord revoked = issuer.revoke("till-7");
        assertThat(revoked.state(now)).isEqualTo("revoked");
        keys.take(file.read());
        assertThat(letsIn(first)).isFalse();
        assertThat(letsIn(second)).isFalse();
        assertThat(keys.isEmpty()).as("somebody was given a key").isFalse();
        assertThatThrownBy(() -> rotate(revoked.id(), Duration.ZERO)).hasMessageContaining("works no more");
    }

    @Test
    void theTextBeforeWorksUntilItsTime() throws IOException {
        String first = create("till-7", null);
        Identity before = requireNonNull(keys.identify(first));
        String second = rotate("till-7", Duration.ofHours(24));
        assertThat(keys.identify(first)).isNotNull().extracting(Identity::id).isEqualTo(before.id());
        assertThat(keys.identify(second)).isNotNull().extracting(Identity::id).isEqualTo(before.id());
        KeyRecord record = file.read().all().getFirst();
        assertThat(record.lastFour()).isEqualTo(second.substring(63));
        assertThat(record.beforeUntil(now)).isEqualTo(START.plus(Duration.ofHours(24)));
        now = START.plus(Duration.ofHours(24)).minusMillis(1);
        assertThat(letsIn(first)).isTrue();
        now = START.plus(Duration.ofHours(24));
        assertThat(letsIn(first)).isFalse();
        assertThat(letsIn(second)).isTrue();
        assertThat(record.beforeUntil(now)).isNull();
    }

    @Test
    void onlyTheLatestTextBeforeWorksOn() throws IOException {
        String first = create("till-7", null);
        String second = rotate("till-7", Duration.ofHours(24));
        String third = rotate(file.read().all().getFirst().id(), Duration.ofHours(24));
        assertThat(letsIn(first)).isFalse();
        assertThat(letsIn(second)).isTrue();
        assertThat(letsIn(third)).isTrue();
        String fourth = rotate("till-7", Duration.ZERO);
        assertThat(letsIn(third)).isFalse();
        assertThat(letsIn(fourth)).isTrue();
    }

    @Test
    void graceDoesNotOutliveTheKey() throws IOException {
        String first = create("till-7", Duration.ofHours(1));
        rotate("till-7", Duration.ofHours(24));
        now = START.plus(Duration.ofHours(1));
        assertThat(letsIn(first)).isFalse();
    }

    @Test
    void ofANameThereIsOneAtATime() throws IOException {
        create("till-7", null);
        String id = file.read().all().getFirst().id();
        assertThatThrownBy(() -> create("till-7", null))
                .isInstanceOf(KeyRefusedException.class)
                .hasMessage("There is a key till-7 (" + id + "): rotate or revoke that one, or choose another name.");
        issuer.revoke(id);
        create("till-7", null);
        assertThat(file.read().withName("till-7")).hasSize(2);
        assertThat(issuer.inUse("till-7")).isNotNull().extracting(KeyRecord::id).isNotEqualTo(id);
    }

    @Test
    void whatCannotBeDoneChangesNothing() {
        assertThatThrownBy(() -> rotate("till-9", Duration.ZERO))
                .isInstanceOf(KeyRefusedException.class)
                .hasMessage("There is no key with this id or name in " + file.path() + ": see key list.");
        assertThatThrownBy(() -> create("till-9", Duration.ZERO)).hasMessageContaining("name a later time");
        assertThatThrownBy(() -> issuer.create(new KeyIssuer.Wish("a", null, GRANTS, null), (key, text) -> {
                    throw new IOException("no room for the text");
                }))
                .hasMessage("no room for the text");
        assertThat(file.path()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "a b", "ä", "a\n", "a/b"})
    void aNameIsPlain(String name) {
        assertThatThrownBy(() -> create(name, null))
                .isInstanceOf(KeyRefusedException.class)
                .hasMessageContaining("A name is 1 to 64");
    }

    @Test
    void noTextIsKeptOrShown() throws IOException {
        String till = create("till-7", null);
        String secret = till.substring(18);
        assertThat(file.path()).content().doesNotContain(secret.substring(0, 10));
        KeyRecord record = file.read().all().getFirst();
        assertThat(record).hasToString("key " + record.id());
        assertThat(keys.identify(till)).hasToString("KEY " + record.id());
        assertThat(Identity.LOCAL).hasToString("UNASKED local");
        assertThat(KeyRecord.Secret.of(till)).hasToString("…" + till.substring(63));
    }

    @Test
    void whereNobodyIsAskedEverybodyMayDoEverything() {
        assertThat(Identity.LOCAL.by()).isEqualTo("local");
        assertThat(Identity.LOCAL.may(Operation.ADMIN, "S1")).isTrue();
        assertThat(Identity.LOCAL.kind()).isEqualTo(Identity.Kind.UNASKED);
    }
}
