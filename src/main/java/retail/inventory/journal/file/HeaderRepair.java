package retail.inventory.journal.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import retail.inventory.files.Disk;

/**
 * Which header a segment had whose header cannot be read: as the segments beside it tell. None when neither has one, which
 * is so in a log of an earlier version.
 */
record HeaderRepair(Disk disk, Path directory) {

    @Nullable
    SegmentHeader of(Segment segment, @Nullable SegmentHeader before, @Nullable Segment next) throws IOException {
        SegmentHeader behind = next == null ? null : next.header(disk);
        if (next != null && behind == null && before == null) {
            return null;
        }
        String logId = logId(before, behind);
        List<String> continues = before == null || before.logId().equals(logId) ? List.of() : List.of(before.logId());
        return new SegmentHeader(logId, segment.first(), continues);
    }

    private String logId(@Nullable SegmentHeader before, @Nullable SegmentHeader behind) throws IOException {
        if (behind != null) {
            return behind.continues().isEmpty()
                    ? behind.logId()
                    : behind.continues().getFirst();
        }
        if (before != null) {
            return before.logId();
        }
        String known = LogIdentity.read(disk, directory);
        return known == null ? UUID.randomUUID().toString() : known;
    }
}
