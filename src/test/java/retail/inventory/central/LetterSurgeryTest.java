package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.central.FakeFeed.event;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.background.ImpatientBreakers;
import retail.inventory.central.CentralDeadLetters.Letter;
import retail.inventory.files.SimDisk;
import retail.inventory.files.Surgery;
import retail.inventory.journal.EventFeed;

/** Dead letters whose file something changed: each is as it was written, or is told to be damaged. */
class LetterSurgeryTest {

    private static final Path FILE = Copy.LETTERS.resolve("central.jsonl");

    private final SimDisk disk = new SimDisk();
    private final List<Letter> open;

    LetterSurgeryTest() throws IOException {
        CentralDeadLetters letters =
                new CentralDeadLetters(disk, Copy.LETTERS, () -> Copy.NOW, ImpatientBreakers.one());
        for (int id = 1; id <= 4; id++) {
            letters.keep(event("a", id).at(id), "bad", new EventFeed.Original("here", "{\"sequence\":" + id + "}"));
        }
        letters.resolve(2, 40);
        open = letters.page(0, 10);
        assertThat(open).hasSize(3);
    }

    @Test
    void noFlippedBitChangesALetterOrTakesAnotherAway() throws IOException {
        byte[] whole = disk.read(FILE);
        int[] noticed = new int[1];
        Surgery.report("bits of the dead letters", Surgery.everyBit(whole, (how, bytes) -> {
            List<String> told = new ArrayList<>();
            CentralDeadLetters letters = load(bytes, told);
            if (told.isEmpty()) { // in the name of the checksum: nothing else can change unnoticed
                assertThat(letters.page(0, 10)).as(how).isEqualTo(open);
                assertThat(letters.needs().resolvedSince(10)).as(how).containsExactly(2L);
            } else {
                noticed[0]++;
                List<Letter> left = new ArrayList<>(letters.page(0, 10));
                left.removeAll(open);
                assertThat(left).as("another letter, " + how).allMatch(letter -> letter.id() == 2);
                assertThat(letters.size()).as("as many as can be read, " + how).isBetween(1, 4);
            }
        }));
        int names = 5 * "crc".length() * 8;
        assertThat(noticed[0])
                .as("all but a line without a checksum")
                .isBetween(8 * whole.length - 2 * names, 8 * whole.length);
    }

    private static CentralDeadLetters load(byte[] bytes, List<String> told) throws IOException {
        SimDisk damaged = new SimDisk();
        damaged.put(FILE, bytes);
        CentralDeadLetters letters = new CentralDeadLetters(damaged, Copy.LETTERS);
        letters.load(told::add);
        return letters;
    }
}
