package retail.inventory.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What this service asks of a file system. Nothing is durable before the {@code force} of its file and, for a name that
 * was created, renamed or deleted, the {@link #syncDirectory} of its directory have returned.
 *
 * <p>All methods throw {@link IOException} when the file system refuses. Safe for use by several threads.
 */
public interface Disk {

    /** Opens a file for appending and overwriting, created empty when absent. */
    WritableFile openForWrite(Path file) throws IOException;

    /** Opens a file for appending from an offset on, over what is there. */
    WritableFile openForWrite(Path file, long end) throws IOException;

    /** Opens a file for reading at any position. */
    ReadableFile openForRead(Path file) throws IOException;

    /**
     * Opens the first bytes of a file to be looked at all the time, while this or another process overwrites them in place: the
     * file has them already and is never shortened. As cheap as the system lets it be.
     */
    default ReadableFile openForLooking(Path file, int bytes) throws IOException {
        return openForRead(file);
    }

    /** The names in a directory, sorted; empty when the directory does not exist. */
    List<String> list(Path directory) throws IOException;

    /** Creates a directory and its missing parents, each of them durable. */
    void createDirectories(Path directory) throws IOException;

    /** Renames a file over another one, atomically; durable after {@link #syncDirectory}. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file if it is there; durable after {@link #syncDirectory}. */
    void delete(Path file) throws IOException;

    /** Makes the names in a directory durable. */
    void syncDirectory(Path directory) throws IOException;

    /**
     * Takes the operating system's exclusive lock on a file, created when absent.
     *
     * @param note written into the file, for a person who wonders who holds it; the lock is held even when that fails
     * @return the held lock, to close; empty when another process holds it
     */
    Optional<HeldLock> tryLock(Path file, String note) throws IOException;

    /** The whole content of a file. */
    default byte[] read(Path file) throws IOException {
        try (ReadableFile in = openForRead(file)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(in.size()));
            while (content.hasRemaining() && in.read(content, content.position()) > 0) {}
            return content.array();
        }
    }

    /** The content of a file from its start, for a file too large to be read at once. */
    default InputStream stream(Path file) throws IOException {
        return new FileStream(openForRead(file));
    }

    /**
     * Replaces a file by new content, or creates it: temporary file, force, rename. After a crash the file has its old
     * or its new content, never a mixture; the new one for certain after {@link #syncDirectory}.
     */
    default void replace(Path file, ByteBuffer content) throws IOException {
        replaceAll(Map.of(file, content), replaced -> {});
    }

    /**
     * Replaces several files, or creates them, each as {@link #replace} does. All are written before the first one is
     * forced, so that a disk can take them together.
     *
     * @param contents by the file, in the order in which the files are to take their names
     * @param replaced is told of each file as soon as it has its new content
     */
    default void replaceAll(Map<Path, ByteBuffer> contents, Consumer<Path> replaced) throws IOException {
        try (TemporaryFiles files = new TemporaryFiles(this)) {
            for (Map.Entry<Path, ByteBuffer> file : contents.entrySet()) {
                files.write(file.getKey(), file.getValue());
            }
            files.force();
        }
        for (Path file : contents.keySet()) {
            rename(TemporaryFiles.of(file), file);
            replaced.accept(file);
        }
    }

    /** A file open for writing. Not safe for use by several threads. */
    interface WritableFile extends AutoCloseable {

        /** Writes all remaining bytes at the end, which is that of the file unless it has room. */
        void append(ByteBuffer bytes) throws IOException;

        /**
         * Writes all remaining bytes behind the end without moving it: room for what is appended later. A force of bytes
         * that neither lengthen the file nor need a new block has less to do, as the file's metadata stay as they are.
         */
        void preallocate(ByteBuffer bytes) throws IOException;

        /** Cuts the file off at the end. */
        void trim() throws IOException;

        /** Writes all remaining bytes over the start of the file. */
        void overwrite(ByteBuffer bytes) throws IOException;

        /** Returns when all that was written to this file is durable ({@code fdatasync}). */
        void force() throws IOException;

        /** Bytes in the file, its room included. */
        long size() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** A file open for reading. Safe for use by several threads. */
    interface ReadableFile extends AutoCloseable {

        /** Reads into the buffer from a position; the number of bytes read, −1 at the end of the file. */
        int read(ByteBuffer into, long position) throws IOException;

        /** Bytes in the file. */
        long size() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** A lock held until closed or until the process ends. */
    interface HeldLock extends AutoCloseable {
        @Override
        void close() throws IOException;
    }
}
