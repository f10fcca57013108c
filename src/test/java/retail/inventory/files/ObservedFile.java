package retail.inventory.files;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file open for writing; somebody is told of each call first, and may throw instead. */
public final class ObservedFile implements Disk.WritableFile {

    private final Disk.WritableFile file;
    private final Listener listener;

    /** What can be done to it. */
    public enum Call {
        APPEND("append"),
        PREALLOCATE("preallocate"),
        TRIM("trim"),
        OVERWRITE("overwrite"),
        FORCE("force"),
        SIZE("size of what is written"),
        CLOSE("close");

        private final String words;

        Call(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }

        /** Whether it changes what is in the file. */
        boolean writes() {
            return this == APPEND || this == PREALLOCATE || this == TRIM || this == OVERWRITE;
        }
    }

    /** Who is told. */
    @FunctionalInterface
    public interface Listener {
        void before(Call call) throws IOException;
    }

    public ObservedFile(Disk.WritableFile file, Listener listener) {
        this.file = file;
        this.listener = listener;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
        listener.before(Call.APPEND);
        file.append(bytes);
    }

    @Override
    public void preallocate(ByteBuffer bytes) throws IOException {
        listener.before(Call.PREALLOCATE);
        file.preallocate(bytes);
    }

    @Override
    public void trim() throws IOException {
        listener.before(Call.TRIM);
        file.trim();
    }

    @Override
    public void overwrite(ByteBuffer bytes) throws IOException {
        listener.before(Call.OVERWRITE);
        file.overwrite(bytes);
    }

    @Override
    public void force() throws IOException {
        listener.before(Call.FORCE);
        file.force();
    }

    @Override
    public long size() throws IOException {
        listener.before(Call.SIZE);
        return file.size();
    }

    @Override
    public void close() throws IOException {
        listener.before(Call.CLOSE);
        file.close();
    }
}
