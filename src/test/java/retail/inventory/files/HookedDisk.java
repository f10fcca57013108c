package retail.inventory.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** A real disk with a hook before each operation that {@link SimDisk} has one for. */
public final class HookedDisk implements Disk {

    private final Disk disk;
    private final DiskHook hook;

    /** Puts it before a disk. */
    public HookedDisk(Disk disk, DiskHook hook) {
        this.disk = disk;
        this.hook = hook;
    }

    /** Puts a hook before the disk of an application. */
    public record Installer(DiskHook hook) implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            return bean instanceof Disk disk ? new HookedDisk(disk, hook) : bean;
        }
    }

    @Override
    public WritableFile openForWrite(Path file) throws IOException {
        hook.before(DiskHook.Operation.OPEN, file);
        return hooked(file, disk.openForWrite(file));
    }

    @Override
    public WritableFile openForWrite(Path file, long end) throws IOException {
        hook.before(DiskHook.Operation.OPEN, file);
        return hooked(file, disk.openForWrite(file, end));
    }

    private WritableFile hooked(Path file, WritableFile opened) {
        return new ObservedFile(opened, call -> {
            if (call.writes()) {
                hook.before(DiskHook.Operation.WRITE, file);
            } else if (call == ObservedFile.Call.FORCE) {
                hook.before(DiskHook.Operation.FORCE, file);
            }
        });
    }

    @Override
    public ReadableFile openForRead(Path file) throws IOException {
        hook.before(DiskHook.Operation.OPEN, file);
        return disk.openForRead(file);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return disk.list(directory);
    }

    @Override
    public void createDirectories(Path directory) throws IOException {
        disk.createDirectories(directory);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        hook.before(DiskHook.Operation.RENAME, to);
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        hook.before(DiskHook.Operation.DELETE, file);
        disk.delete(file);
    }

    @Override
    public void syncDirectory(Path directory) throws IOException {
        hook.before(DiskHook.Operation.SYNC, directory);
        disk.syncDirectory(directory);
    }

    @Override
    public Optional<HeldLock> tryLock(Path file, String note) throws IOException {
        return disk.tryLock(file, note);
    }
}
