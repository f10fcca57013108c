package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static retail.inventory.central.FakeFeed.event;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.files.Checksum;
import retail.inventory.files.DataDirectoryException;
import retail.inventory.files.SimDisk;

/** Snapshots and dead letters say of which log they are, and in which format. */
class FilesOfAnotherLogTest {

    private static final Path SNAPSHOT = Copy.SNAPSHOTS.resolve("central-00000000000000000003.json");
    private static final Path LETTERS = Copy.LETTERS.resolve("central.jsonl");

    private final SimDisk disk = new SimDisk();
    private final FakeFeed feed = new FakeFeed();

    @Test
    void aSnapshotIsOneOfItsLogAndOfThoseThatContinueItFromThereOrLater() throws IOException {
        snapshot("ab63");
        assertThat(text(SNAPSHOT)).startsWith("{\"format\":3,\"logId\":\"ab63\",\"through\":3,\"eventId\":\"");
        requireUsed(log("ab63", "other", 0), true);
        requireUsed(log("c07d", "ab63", 3), true);
        requireUsed(log("c07d", "ab63", 2), false);
        requireUsed(log("c07d", "other", 9), false);
    }

    private void requireUsed(FakeFeed log, boolean used) throws IOException {
        SimDisk copied = disk.copy();
        try (Copy copy = Copy.started(copied, log)) {
            assertThat(copy.stock()).isEqualTo(Map.of("S1/a", "103@3", "S1/b", "101@1"));
        }
        assertThat(copied.list(Copy.SNAPSHOTS).contains(SNAPSHOT.getFileName() + ".damaged"))
                .isEqualTo(!used);
    }

    @Test
    void aSnapshotOfANewerFormatIsRefusedAndStays() throws IOException {
        snapshot("ab63");
        String whole = text(SNAPSHOT);
        byte[] newer = sealed(whole.replace("\"format\":3", "\"format\":4"));
        disk.put(SNAPSHOT, newer);
        try (Copy copy = new Copy(disk, log("ab63", "other", 0))) {
            assertThatThrownBy(() -> copy.central.start(false))
                    .isInstanceOf(DataDirectoryException.class)
                    .hasMessage(
                            SNAPSHOT + " has format 4, and this version reads formats up to 3: start the version that"
                                    + " wrote it, or a newer one.");
        }
        assertThat(disk.read(SNAPSHOT)).isEqualTo(newer);
    }

    @Test
    void aSnapshotOfTheFormerFormatOpens() throws IOException {
        snapshot("ab63");
        disk.put(SNAPSHOT, sealed(text(SNAPSHOT).replace("\"format\":3", "\"format\":2")));
        requireUsed(log("ab63", "other", 0), true);
    }

    @Test
    void lettersOfAnotherLogAreLeftAloneAndKept() throws IOException {
        CentralDeadLetters before = letters("ab63", "other", 0);
        before.keep(event("a", 1).at(4), "bad", null);
        before.keep(event("a", 2).at(7), "bad", null);
        byte[] content = disk.read(LETTERS);
        assertThat(text(LETTERS)).contains("\"logId\":\"ab63\",\"format\":3");

        assertThat(ids(letters("ab63", "other", 0))).containsExactly(4L, 7L);
        assertThat(ids(letters("c07d", "ab63", 5))).containsExactly(4L);
        CentralDeadLetters foreign = letters("c07d", "other", 9);
        assertThat(ids(foreign)).isEmpty();
        assertThat(disk.read(LETTERS)).isEqualTo(content);

        foreign.keep(event("b", 1).at(4), "bad too", null);
        assertThat(ids(letters("c07d", "other", 9))).containsExactly(4L);
        assertThat(ids(letters("ab63", "other", 0))).as("what it had is there").containsExactly(4L, 7L);
    }

    @Test
    void aLetterOfANewerFormatIsRefused() throws IOException {
        letters("ab63", "other", 0).keep(event("a", 1).at(4), "bad", null);
        disk.put(LETTERS, sealed(text(LETTERS).strip().replace("\"format\":3", "\"format\":4")));
        assertThatThrownBy(() -> letters("ab63", "other", 0))
                .isInstanceOf(DataDirectoryException.class)
                .hasMessageContaining(LETTERS + " has format 4");
    }

    private void snapshot(String logId) throws IOException {
        feed.append(event("a", 1), event("a", 2), event("a", 3));
        feed.isCalled(logId, "other", 0);
        try (Copy copy = new Copy(disk, feed)) {
            copy.central.start(false);
            copy.save();
        }
    }

    private static FakeFeed log(String id, String continued, long end) {
        FakeFeed log = new FakeFeed();
        log.append(event("a", 1), event("a", 2), event("a", 3), event("b", 1));
        log.isCalled(id, continued, end);
        return log;
    }

    private CentralDeadLetters letters(String id, String continued, long end) throws IOException {
        CentralDeadLetters letters =
                new CentralDeadLetters(disk, Copy.LETTERS, () -> Copy.NOW, ImpatientBreakers.one());
        letters.belongTo(log(id, continued, end));
        letters.load();
        return letters;
    }

    private static List<Long> ids(CentralDeadLetters letters) {
        return letters.page(0, 10).stream().map(CentralDeadLetters.Letter::id).toList();
    }

    private String text(Path file) throws IOException {
        return new String(disk.read(file), StandardCharsets.UTF_8);
    }

    private static byte[] sealed(String whole) {
        byte[] open = whole.substring(0, whole.lastIndexOf(",\"crc\"")).getBytes(StandardCharsets.UTF_8);
        ByteBuffer sealed = ByteBuffer.allocate(open.length + Checksum.BYTES).put(open);
        Checksum.append(sealed.array(), 0, open.length);
        return sealed.array();
    }
}
