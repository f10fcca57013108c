package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static retail.inventory.central.FakeFeed.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.central.CentralDeadLetters.Letter;
import retail.inventory.files.Disk;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;
import retail.inventory.journal.EventFeed;
import retail.inventory.simulation.ExpectedErrors;

/** There are only so many dead letters: then the view stops, says so, and goes on when some are resolved. */
@ExtendWith(ExpectedErrors.class)
class DeadLettersFullTest {

    private static final Path FILE = Copy.LETTERS.resolve(CentralDeadLetters.NAME);
    private static final int MAX = CentralDeadLetters.COUNT_MAX;

    private final SimDisk disk = new SimDisk();
    private final FakeFeed feed = new FakeFeed();

    @Test
    void viewStopsAtTheNextOneAndGoesOnWhenALetterIsResolved() throws IOException {
        fillWithPoison();
        try (Copy copy = Copy.started(disk, feed)) {
            assertThat(copy.letters.size()).isEqualTo(MAX);
            feed.commit(event("good", 1));
            await().until(() -> copy.worker.position() == MAX + 1);

            feed.commit(poison(MAX + 2), event("behind", 1));
            await().until(() -> copy.worker.problem().contains("dead letters are full (10,000 events)"));
            assertThat(copy.worker.problem()).contains("event 10002 ").contains("unknown event type");
            assertThat(copy.worker.position()).isEqualTo(MAX + 1);
            assertThat(copy.letters.size()).isEqualTo(MAX);
            assertThatExceptionOfType(CentralUnavailableException.class)
                    .isThrownBy(copy.central::sync)
                    .withMessageContaining("dead letters are full");

            feed.replace(5, event("sku 5", 1)); // as the version that knows it reads it
            assertThat(copy.central.replay(Objects.requireNonNull(copy.letters.find(5))))
                    .isNull();
            await().until(() -> copy.worker.position() == MAX + 3);
            await().until(() -> copy.worker.problem().isEmpty());
            assertThat(copy.letters.find(MAX + 2)).isNotNull();
            assertThat(copy.stock()).containsKeys("S1/good", "S1/behind");
        }
    }

    @Test
    void serviceStartsThoughTheViewCannotGoOn() throws IOException {
        fillWithPoison();
        feed.append(poison(MAX + 1), event("behind", 1));
        try (Copy copy = Copy.started(disk, feed)) {
            assertThat(copy.central.isStarted()).isTrue();
            await().until(() -> copy.worker.problem().contains("dead letters are full"));
            assertThat(copy.worker.position()).isEqualTo(MAX);
        }
    }

    @Test
    void lettersAreBoundedInBytesToo() throws IOException {
        EventFeed.Original large = new EventFeed.Original("here", "x".repeat(60_000));
        int before = (int) (CentralDeadLetters.BYTES_MAX / 60_000) - 5;
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int id = 1; id <= before; id++) {
            content.writeBytes(line(id, large.text()));
        }
        disk.put(FILE, content.toByteArray());
        CentralDeadLetters letters = letters();
        letters.load();
        assertThatExceptionOfType(DeadLettersFullException.class).isThrownBy(() -> {
            for (int id = before + 1; id < before + 10; id++) {
                letters.keep(poison(id).at(id), "bad", large);
            }
        });
        assertThat(letters.size()).isBetween(before, before + 5);
        letters.resolve(1, 1);
        letters.keep(poison(before + 20).at(before + 20), "bad", large);
    }

    @Test
    void resolvedLettersAreLeftOutOfTheFileAndStillKnownToBe() throws IOException {
        CentralDeadLetters letters = letters();
        for (int id = 1; id <= 4; id++) {
            letters.keep(poison(id).at(id), "bad", new EventFeed.Original("here", "x".repeat(1000)));
        }
        letters.resolve(2, 40);
        letters.resolve(4, 50);
        int whole = disk.read(FILE).length;
        for (int start = 0; start < 3; start++) {
            CentralDeadLetters again = letters();
            again.load();
            assertThat(again.page(0, 10)).extracting(Letter::id).containsExactly(1L, 3L);
            assertThat(again.needs()).isEqualTo(letters.needs());
            assertThat(again.needs().resolvedSince(45)).containsExactly(4L);
            assertThat(disk.read(FILE).length).isLessThan(whole - 1900);
        }
    }

    @Test
    void fileIsReadAgainOnlyWhenThereIsSomethingNew() throws IOException {
        AtomicInteger reads = new AtomicInteger();
        CentralFiles files = new CentralFiles(counting(reads), Copy.DATA);
        files.covered();
        assertThat(reads).as("there are none").hasValue(0);
        CentralDeadLetters letters = letters();
        for (int id = 1; id <= 3; id++) {
            letters.keep(poison(id).at(id), "bad", null);
            for (int look = 0; look < 10; look++) {
                assertThat(files.covered()).isLessThanOrEqualTo(0);
            }
            assertThat(reads).hasValue(id);
        }
        letters.resolve(1, 9);
        files.covered();
        letters.load(); // writes it anew
        files.covered();
        files.covered();
        assertThat(reads).hasValue(5);
    }

    private void fillWithPoison() {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (int id = 1; id <= MAX; id++) {
            feed.append(poison(id));
            content.writeBytes(line(id, "as the log has it"));
        }
        disk.put(FILE, content.toByteArray());
    }

    private static byte[] line(int id, String text) {
        Letter letter = new Letter(id, "2026-11-30T10:00:00Z", "bad", poison(id).at(id), "here", text);
        byte[] sealed = LetterLine.kept(letter).encode();
        byte[] line = Arrays.copyOf(sealed, sealed.length + 1);
        line[sealed.length] = '\n';
        return line;
    }

    private static Event poison(int number) {
        return event("RESTOCK", "sku " + number, 5, 1);
    }

    private CentralDeadLetters letters() {
        return new CentralDeadLetters(disk, Copy.LETTERS, () -> Copy.NOW, ImpatientBreakers.one());
    }

    /** The disk, with whole reads of the letters counted. */
    private Disk counting(AtomicInteger reads) {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (self, method, args) -> {
                    if (method.getName().equals("read") && args[0].equals(FILE)) {
                        reads.incrementAndGet();
                    }
                    try {
                        return method.invoke(disk, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
