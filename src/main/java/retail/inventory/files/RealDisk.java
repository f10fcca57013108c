package retail.inventory.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operating system's file system. On Linux {@code force} is {@code fdatasync}, a directory sync {@code fsync}. */
public final class RealDisk implements Disk {

    private static final Logger LOG = LoggerFactory.getLogger(RealDisk.class);
    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");

    @Override
    public WritableFile openForWrite(Path file) throws IOException {
        FileChannel channel = OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        return new Channel(channel.position(channel.size()));
    }

    @Override
    public WritableFile openForWrite(Path file, long end) throws IOException {
        return new Channel(FileChannel.open(file, StandardOpenOption.WRITE).position(end));
    }

    @Override
    public ReadableFile openForRead(Path file) throws IOException {
        return new Channel(FileChannel.open(file, StandardOpenOption.READ));
    }

    /** On Linux it is mapped: there, what anybody writes to a file is in its mappings at once, as they share its pages. */
    @Override
    public ReadableFile openForLooking(Path file, int bytes) throws IOException {
        ReadableFile mapped = LINUX ? MappedFile.open(file, bytes) : null;
        return mapped == null ? openForRead(file) : mapped;
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        }
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            createDirectories(parent);
        }
        OwnerOnly.createDirectory(directory);
        if (parent != null) {
            syncDirectory(parent);
        }
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public Optional<HeldLock> tryLock(Path file, String note) throws IOException {
        FileChannel channel = OwnerOnly.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean held = false;
        try {
            held = tryLock(channel) != null;
            if (held) {
                write(note, channel, file);
            }
            return held ? Optional.of(channel::close) : Optional.empty();
        } catch (IOException | RuntimeException | Error e) {
            held = false; // or this process would have for good what it does not know of
            throw e;
        } finally {
            if (!held) {
                channel.close();
            }
        }
    }

    /** A lock is held without its note as well: on a full disk it is all that there is. */
    private static void write(String note, FileChannel channel, Path file) throws ClosedChannelException {
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8)));
        } catch (ClosedChannelException e) {
            throw e; // and with the channel the lock is gone
        } catch (IOException e) {
            LOG.warn("{} is locked, but does not say by which process: {}", file, e.toString());
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private record Channel(FileChannel channel) implements WritableFile, ReadableFile {

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }

        @Override
        public void preallocate(ByteBuffer bytes) throws IOException {
            write(bytes, channel.position());
        }

        @Override
        public void trim() throws IOException {
            channel.truncate(channel.position());
        }

        @Override
        public void overwrite(ByteBuffer bytes) throws IOException {
            write(bytes, 0);
        }

        private void write(ByteBuffer bytes, long from) throws IOException {
            long position = from;
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return channel.read(into, position);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
