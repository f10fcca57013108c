/**
 * The table's copy in files, written behind the log: a start reads it and what the log has after it.
 *
 * <p>{@link retail.inventory.checkpoint.InventoryFiles} keeps the records of all stores in ranges of about equal size, each in
 * a file; {@link retail.inventory.checkpoint.InventoryFileWriter} writes those that changed. The checkpoint, written last,
 * says through which event the files are complete. {@link retail.inventory.checkpoint.SavedRecords} reads them beside the
 * process that writes them.
 */
@NullMarked
package retail.inventory.checkpoint;

import org.jspecify.annotations.NullMarked;
