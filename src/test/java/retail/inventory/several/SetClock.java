package retail.inventory.several;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/** The wall clock of processes, set while they run: a file that {@code src/test/c/set-clock.c} reads. */
final class SetClock implements AutoCloseable {

    private final Path library;
    private final Path file;
    private final FileChannel offset;

    SetClock(Path library, Path file) throws IOException {
        this.library = library;
        this.file = file;
        this.offset = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        set(Duration.ZERO);
    }

    /** The settings of a process that has this clock. */
    Map<String, String> settings() {
        return Map.of("LD_PRELOAD", library.toString(), "CLOCK_OFFSET_FILE", file.toString());
    }

    /** From now on it is so much ahead of the right time. */
    void set(Duration ahead) throws IOException {
        ByteBuffer seconds =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(0, ahead.toSeconds());
        offset.write(seconds, 0);
    }

    @Override
    public void close() throws IOException {
        offset.close();
    }
}
