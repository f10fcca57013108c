package retail.inventory.journal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import retail.inventory.files.DiskHook;
import retail.inventory.files.DiskHook.Operation;
import retail.inventory.files.SimDisk;

class LogFootprintTest {

    private final SimDisk disk = LogOnDisk.written(5, LogOnDisk.segmentsOf(520));
    private final LogFootprint footprint = new LogFootprint(disk, LogOnDisk.DIRECTORY);

    @Test
    void isWhatTheSegmentsTakeAndNothingElse() throws IOException {
        long bytes = 0;
        for (Segment segment : Segment.list(disk, LogOnDisk.DIRECTORY)) {
            bytes += segment.size(disk);
        }
        footprint.look();
        assertThat(footprint.latest().segments())
                .isEqualTo(Segment.list(disk, LogOnDisk.DIRECTORY).size())
                .isGreaterThan(1);
        assertThat(footprint.latest().bytes()).isEqualTo(bytes).isGreaterThan(400);
    }

    /** Else who asks would wait for a disk that hangs, and see nothing when it fails. */
    @Test
    void isRememberedAndNotLookedUpWhenAsked() throws IOException {
        footprint.look();
        LogFootprint.Files before = footprint.latest();
        disk.hook(DiskHook.failing(Operation.OPEN, 2));
        assertThatThrownBy(footprint::look).isInstanceOf(IOException.class);
        assertThat(footprint.latest()).isEqualTo(before);
    }
}
