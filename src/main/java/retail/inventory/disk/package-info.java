/**
 * The only door to the file system.
 *
 * <p>{@link retail.inventory.disk.Disk} names the few operations durability is made of (append, force, atomic replace,
 * directory sync); {@link retail.inventory.disk.RealDisk} does them, tests use one that loses, tears and fails.
 * {@link retail.inventory.disk.DataDirectory} is the directory this process owns. {@link retail.inventory.disk.DiskBreakers}
 * leave a disk that keeps failing alone for a while. {@link retail.inventory.disk.FileMutex},
 * {@link retail.inventory.disk.FilePresence} and {@link retail.inventory.disk.RoleLock} are how processes that share the
 * directory come to terms. Rooms that keep files enter here.
 */
@NullMarked
package retail.inventory.disk;

import org.jspecify.annotations.NullMarked;
