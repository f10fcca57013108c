package retail.inventory.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import retail.inventory.files.RealDisk;

class KeyWatchTest {

    @TempDir
    private Path data;

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-12-01T10:00:00Z"));
    private final List<String> texts = new ArrayList<>();
    private KeyFile file;
    private KeyIssuer issuer;
    private Keys keys;
    private KeyWatch watch;

    @BeforeEach
    void begin() {
        file = KeyFile.in(new RealDisk(), data);
        issuer = new KeyIssuer(file, new AuditTrail(new RealDisk(), data, clock), clock, new SecureRandom());
        keys = new Keys(clock);
        watch = new KeyWatch(file, keys, true, () -> {});
    }

    private String create(String name) throws IOException {
        issuer.create(
                new KeyIssuer.Wish(name, null, List.of(Grant.everywhere(Set.of(Operation.READ))), null),
                (key, text) -> texts.add(text));
        return texts.getLast();
    }

    private void assertGoesOn(String problem) {
        watch.look();
        assertThat(keys.identify(texts.getFirst())).isNotNull();
        assertThat(keys.isEmpty()).isFalse();
        assertThat(watch.problem()).contains(problem).endsWith("make it anew with bin/key.");
    }

    private void assertWhole() {
        watch.look();
        assertThat(watch.problem()).isEmpty();
    }

    @Test
    void takesWhatIsThereAndWhatComesLater() throws IOException {
        assertThat(watch.open()).isFalse();
        assertWhole();
        assertThat(keys.isEmpty()).isTrue();
        String first = create("a");
        assertThat(keys.identify(first)).isNull();
        assertWhole();
        assertThat(keys.identify(first)).isNotNull();
        String second = create("b");
        issuer.revoke("a");
        assertWhole();
        assertThat(keys.identify(first)).isNull();
        assertThat(keys.identify(second)).isNotNull();
        Keys later = new Keys(clock);
        assertThat(new KeyWatch(file, later, true, () -> {}).open()).isTrue();
        assertThat(later.identify(second)).isNotNull();
    }

    @Test
    void aFileThatIsGoneChangesNothing() throws IOException {
        create("a");
        watch.open();
        byte[] content = Files.readAllBytes(file.path());
        Files.delete(file.path());
        assertGoesOn("is gone");
        Files.write(file.path(), content);
        assertWhole();
    }

    @Test
    void aFileThatIsEmptyChangesNothing() throws IOException {
        create("a");
        watch.open();
        Files.write(file.path(), new byte[0]);
        assertGoesOn("There is no key in");
        Files.write(file.path(), "\n".getBytes(StandardCharsets.US_ASCII));
        assertGoesOn("There is no key in");
        Files.write(file.path(), "{\"for".getBytes(StandardCharsets.US_ASCII));
        assertGoesOn("There is no key in");
    }

    @Test
    void aFileThatIsDamagedChangesNothing() throws IOException {
        create("a");
        watch.open();
        byte[] whole = Files.readAllBytes(file.path());
        issuer.revoke("a");
        byte[] revoked = Files.readAllBytes(file.path());
        byte[] damaged = revoked.clone();
        damaged[40] ^= 1;
        Files.write(file.path(), damaged);
        assertGoesOn("is damaged");
        assertGoesOn("is damaged");
        Files.write(file.path(), whole);
        assertWhole();
        Files.write(file.path(), revoked);
        assertWhole();
        assertThat(keys.identify(texts.getFirst())).isNull();
    }

    @Test
    void aFileThatCannotBeReadChangesNothing() throws IOException {
        create("a");
        watch.open();
        Files.delete(file.path());
        Files.createDirectory(file.path());
        assertGoesOn("cannot be read");
    }

    @Test
    void aFileThatLostItsLastLinesChangesNothing() throws IOException {
        create("a");
        byte[] one = Files.readAllBytes(file.path());
        create("b");
        issuer.revoke("a");
        watch.open();
        Files.write(file.path(), one);
        watch.look();
        assertThat(watch.problem()).contains("has lost its last lines");
        assertThat(keys.identify(texts.getFirst())).isNull();
        assertThat(keys.identify(texts.getLast())).isNotNull();
    }

    @Test
    void aFileThatAnotherOneWritesMayHaveFewerLines() throws IOException {
        create("a");
        byte[] one = Files.readAllBytes(file.path());
        create("b");
        KeyWatch mounted = new KeyWatch(KeyFile.at(new RealDisk(), file.path()), keys, false, () -> {});
        mounted.open();
        assertThat(keys.identify(texts.getLast())).isNotNull();
        Files.write(file.path(), one);
        mounted.look();
        assertThat(mounted.problem()).isEmpty();
        assertThat(keys.identify(texts.getLast())).isNull();
    }

    @Test
    void anotherFileOfTheSameSizeIsNoticed() throws IOException {
        create("a");
        watch.open();
        long size = Files.size(file.path());
        Files.delete(file.path());
        String other = create("b");
        assertThat(Files.size(file.path())).isEqualTo(size);
        assertWhole();
        assertThat(keys.identify(other)).isNotNull();
        assertThat(keys.identify(texts.getFirst())).isNull();
    }

    @Test
    void aTornLastLineDoesNotCount() throws IOException {
        create("a");
        watch.open();
        Files.writeString(file.path(), "{\"format\":1", StandardOpenOption.APPEND);
        assertWhole();
        assertWhole();
        assertThat(keys.identify(texts.getFirst())).isNotNull();
        String second = create("b");
        assertWhole();
        assertThat(keys.identify(second)).isNotNull();
    }

    @Test
    void doesNotBeginWithAFileThatIsNotWhole() throws IOException {
        create("a");
        byte[] whole = Files.readAllBytes(file.path());
        for (byte[] wrong : List.of(new byte[0], Arrays.copyOf(whole, 30), "x\n".getBytes(StandardCharsets.US_ASCII))) {
            Files.write(file.path(), wrong);
            assertThatThrownBy(() -> watch.open()).isInstanceOf(KeyFileDamagedException.class);
            assertThat(keys.isEmpty()).isTrue();
        }
        Files.write(file.path(), whole);
        assertThat(watch.open()).isTrue();
    }
}
