package retail.inventory.powercut;

import java.io.IOException;
import java.io.RandomAccessFile;
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
        String[] problem = {""};
        boolean done = Moments.within(UNMOUNT_MAX, () -> {
            try {
                problem[0] = Command.problem("umount", mountPoint.toString());
                return problem[0].isEmpty();
            } catch (IOException e) {
                problem[0] = e.toString();
                return false;
            }
        });
        if (!done) {
            throw new IOException(problem[0]);
        }
        mounted = false;
    }

    private void mount() throws IOException {
        Command.run("mount", "-o", "loop", image.toString(), mountPoint.toString());
        mounted = true;
    }
}
