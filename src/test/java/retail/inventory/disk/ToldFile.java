package retail.inventory.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A file open for writing; somebody is told of each call first, and may throw instead. */
public final class ToldFile implements Disk.WritableFile {

    private final Disk.WritableFile file;
    private final Listener listener;

    /** What can be done to it. */
    public enum Call {
        APPEND("append"),
        MAKE_ROOM("makeRoom"),
        CUT_ROOM("cutRoom"),
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
            return this == APPEND || this == MAKE_ROOM || this == CUT_ROOM || this == OVERWRITE;
        }
    }

    /** Who is told. */
    @FunctionalInterface
    public interface Listener {
        void before(Call call) throws IOException;
    }

    public ToldFile(Disk.WritableFile file, Listener listener) {
        this.file = file;
        this.listener = listener;
    }

    @Override
    public void append(ByteBuffer bytes) throws IOException {
        listener.before(Call.APPEND);
        file.append(bytes);
    }

    @Override
    public void makeRoom(ByteBuffer bytes) throws IOException {
        listener.before(Call.MAKE_ROOM);
        file.makeRoom(bytes);
    }

    @Override
    public void cutRoom() throws IOException {
        listener.before(Call.CUT_ROOM);
        file.cutRoom();
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
