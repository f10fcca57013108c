package retail.inventory.powercut;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import retail.inventory.lab.Command;
import retail.inventory.lab.Moments;
import retail.inventory.lab.ServiceProcess;

/** A machine whose power is cut: the data is on an ext4 file system in a file, which is taken off its disk at once. */
final class LoopDisk implements Machine {

    private static final long BYTES = 512L << 20;
    private static final Duration UNMOUNT_MAX = Duration.ofSeconds(20);

    private final Path image;
    private final Path mountPoint;
    private boolean mounted;

    LoopDisk(Path image, Path mountPoint) {
        this.image = image;
        this.mountPoint = mountPoint;
    }

    @Override
    public Path fresh() throws IOException {
        close();
        Files.deleteIfExists(image);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(BYTES);
        }
        Command.run("mkfs.ext4", "-q", "-F", "-m", "0", image.toString());
        mount();
        return mountPoint.resolve("data");
    }

    @Override
    public void fail(ServiceProcess service) throws IOException {
        try {
            service.freeze(); // a sync that is under way is never answered: its answer would be worth nothing
            FileSystemShutdown.of(mountPoint);
        } finally {
            service.kill();
        }
        close();
        mount(); // replays the journal
    }

    @Override
    public void close() throws IOException {
        if (!mounted) {
            return;
        }
        if (!Moments.within(
                UNMOUNT_MAX,
                () -> Command.problem("umount", mountPoint.toString()).isEmpty())) {
            throw new IOException(mountPoint + " cannot be unmounted");
        }
        mounted = false;
    }

    private void mount() throws IOException {
        Command.run("mount", "-o", "loop", image.toString(), mountPoint.toString());
        mounted = true;
    }

    /** Takes a file system off its disk at once: the ioctl that ext4, XFS and F2FS have for tests like these. */
    private static final class FileSystemShutdown {

        private static final long FS_IOC_SHUTDOWN = 0x8004587dL; // _IOR('X', 125, __u32)

        /** What is in the journal's buffers is lost as well. */
        private static final int NO_LOG_FLUSH = 2;

        private static final MethodHandle OPEN = function(
                "open", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT), 2);
        private static final MethodHandle IOCTL = function(
                "ioctl",
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
                2);
        private static final MethodHandle CLOSE =
                function("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), 1);

        private FileSystemShutdown() {}

        /** From now on nothing reaches the disk, and what had not reached it is lost. */
        static void of(Path mountPoint) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment flag = arena.allocateFrom(ValueLayout.JAVA_INT, NO_LOG_FLUSH);
                int directory = (int) OPEN.invokeExact(arena.allocateFrom(mountPoint.toString()), 0);
                if (directory < 0) {
                    throw new IOException("cannot open " + mountPoint);
                }
                int result = (int) IOCTL.invokeExact(directory, FS_IOC_SHUTDOWN, flag);
                int closed = (int) CLOSE.invokeExact(directory);
                if (result != 0 || closed != 0) {
                    throw new IOException("the file system at " + mountPoint + " does not shut down");
                }
            } catch (IOException | RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError("the C library throws nothing", e);
            }
        }

        @SuppressWarnings("restricted") // allowed by --enable-native-access
        private static MethodHandle function(String name, FunctionDescriptor descriptor, int fixedArguments) {
            Linker linker = Linker.nativeLinker();
            Linker.Option[] options =
                    fixedArguments < descriptor.argumentLayouts().size()
                            ? new Linker.Option[] {Linker.Option.firstVariadicArg(fixedArguments)}
                            : new Linker.Option[] {};
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor, options);
        }
    }
}
