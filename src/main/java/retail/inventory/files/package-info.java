/**
 * The only door to the file system.
 *
 * <p>{@link retail.inventory.files.Disk} names the few operations durability is made of (append, force, atomic replace,
 * directory sync); {@link retail.inventory.files.RealDisk} does them, tests use one that loses, tears and fails.
 * {@link retail.inventory.files.DataDirectory} is the directory this process owns. {@link retail.inventory.files.FileMutex},
 * {@link retail.inventory.files.FilePresence} and {@link retail.inventory.files.RoleLock} are how processes that share the
 * directory come to terms. Every package that keeps files may import it.
 */
@NullMarked
package retail.inventory.files;

import org.jspecify.annotations.NullMarked;
