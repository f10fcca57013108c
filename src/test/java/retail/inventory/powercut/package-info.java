/**
 * The packaged jar losing its power, again and again, under load: programs, started by {@code .ci/power-cut} and
 * {@code .ci/kill-loop}. The clients write down all they are told; after each restart it is compared with what is there.
 *
 * <p>A cut takes what the file system had not yet given to the disk; what the disk itself had not yet made durable stays,
 * for no machine really loses its power. ext4 writes a new name down with the first sync of the file, so that a directory
 * that is not synced is found on the simulated disk alone. A kill takes less: the page cache survives it.
 */
@NullMarked
package retail.inventory.powercut;

import org.jspecify.annotations.NullMarked;
