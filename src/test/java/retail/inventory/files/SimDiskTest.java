package retail.inventory.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook.Operation;

class SimDiskTest {

    private static final Path DIRECTORY = Path.of("/data");
    private static final Path FILE = DIRECTORY.resolve("file");

    private SimDisk disk = new SimDisk();

    @Test
    void keepsWhatWasForcedUnderASyncedName() throws IOException {
        append("forced");
        disk.syncDirectory(DIRECTORY);

        for (int seed = 0; seed < 50; seed++) {
            assertThat(disk.crash(new Random(seed)).read(FILE)).asString().isEqualTo("forced");
        }
    }

    @Test
    void losesUnforcedBytesInEveryWay() throws IOException {
        disk.put(FILE, new byte[600]);
        try (Disk.WritableFile file = disk.openForWrite(FILE)) {
            file.append(ByteBuffer.wrap("x".repeat(1500).getBytes(StandardCharsets.US_ASCII)));
        }

        Set<String> left = new HashSet<>();
        for (int seed = 0; seed < 200; seed++) {
            byte[] after = disk.crash(new Random(seed)).read(FILE);
            assertThat(after).hasSizeBetween(600, 2100).startsWith(new byte[600]);
            String kept = new String(after, 600, after.length - 600, StandardCharsets.US_ASCII);
            left.add(kept.isEmpty() ? "none" : kept.length() == 1500 ? "all or holes" : "part");
            left.add(kept.contains("\0") ? "a hole" : "no hole");
        }
        assertThat(left).containsExactlyInAnyOrder("none", "part", "all or holes", "a hole", "no hole");
    }

    @Test
    void forgetsUnsyncedNamesOrNot() throws IOException {
        append("forced");

        Set<Boolean> there = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            there.add(disk.crash(new Random(seed)).list(DIRECTORY).contains("file"));
        }
        assertThat(there).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void replacesOldByNewContentAndNothingElse() throws IOException {
        disk.put(FILE, "old".getBytes(StandardCharsets.US_ASCII));
        disk.replace(FILE, ByteBuffer.wrap("new".getBytes(StandardCharsets.US_ASCII)));

        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            seen.add(new String(disk.crash(new Random(seed)).read(FILE), StandardCharsets.US_ASCII));
        }
        assertThat(seen).containsExactlyInAnyOrder("old", "new");
    }

    @Test
    void saysOkAfterAFailedForceAndHasLostTheBytes() throws IOException {
        disk.put(FILE, new byte[0]);
        Disk.WritableFile file = disk.openForWrite(FILE);
        disk.hook(DiskHook.failing(Operation.FORCE, 1));
        file.append(ByteBuffer.wrap("lost".getBytes(StandardCharsets.US_ASCII)));
        assertThatThrownBy(file::force).isInstanceOf(IOException.class);
        file.force();

        assertThat(disk.read(FILE)).asString().isEqualTo("lost");
        Set<String> seen = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            seen.add(new String(disk.crash(new Random(seed)).read(FILE), StandardCharsets.US_ASCII));
        }
        assertThat(seen).contains("\0\0\0\0");
    }

    @Test
    void keepsEverythingWhenOnlyTheProcessDies() throws IOException {
        append("unsynced name");

        SimDisk after = disk.kill();

        assertThat(after.read(FILE)).asString().isEqualTo("unsynced name");
        Set<Boolean> there = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            there.add(after.crash(new Random(seed)).list(DIRECTORY).contains("file"));
        }
        assertThat(there).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void servesNobodyAfterItsCrash() throws IOException {
        Disk.WritableFile file = disk.openForWrite(FILE);
        disk.crash(new Random(1));

        assertThatThrownBy(file::force).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> disk.openForRead(FILE)).isInstanceOf(IOException.class);
    }

    @Test
    void failsTheOperationItIsToldToAndCountsAll() throws IOException {
        disk.hook(DiskHook.failingAt(2, false));
        Disk.WritableFile file = disk.openForWrite(FILE);
        assertThatThrownBy(() -> file.append(ByteBuffer.wrap(new byte[] {1, 2, 3, 4})))
                .isInstanceOf(IOException.class);
        assertThat(file.size()).as("half of a failed write").isEqualTo(2);
        file.force();
        assertThat(disk.operations()).isEqualTo(3);
    }

    @Test
    void crashesTheSameWayWithTheSameSeed() throws IOException {
        append("a".repeat(3000));
        disk.replace(DIRECTORY.resolve("other"), ByteBuffer.wrap(new byte[700]));

        SimDisk one = disk.crash(new Random(7));
        SimDisk two = disk.crash(new Random(7));

        assertThat(one.list(DIRECTORY)).isEqualTo(two.list(DIRECTORY));
        for (String name : one.list(DIRECTORY)) {
            assertThat(one.read(DIRECTORY.resolve(name))).isEqualTo(two.read(DIRECTORY.resolve(name)));
        }
    }

    @Test
    void knowsNoFileThatIsNotThere() {
        assertThatThrownBy(() -> disk.openForRead(FILE)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> disk.rename(FILE, FILE)).isInstanceOf(NoSuchFileException.class);
    }

    private void append(String text) throws IOException {
        try (Disk.WritableFile file = disk.openForWrite(FILE)) {
            file.append(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            file.force();
        }
    }
}
