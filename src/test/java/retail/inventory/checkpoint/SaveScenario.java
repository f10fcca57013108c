package retail.inventory.checkpoint;

import java.io.IOException;
import retail.inventory.files.SimDisk;

/** Some stores are saved; then most of them change. */
interface SaveScenario {

    /** In an empty directory. */
    SavedTable table(SimDisk disk) throws IOException;

    void before(SavedTable table);

    void change(SavedTable table);

    /** One more change, far from most others, after which the files must still be complete. */
    void later(SavedTable table);

    /** Each store ends up in a file of its own, and the last one in one that is split off while the others change. */
    SaveScenario SEVERAL_STORES = new SaveScenario() {
        @Override
        public SavedTable table(SimDisk disk) throws IOException {
            return SavedTable.inSmallFiles(disk);
        }

        @Override
        public void before(SavedTable table) {
            table.change("A", "one").change("B", "one").change("C", "one");
        }

        @Override
        public void change(SavedTable table) {
            table.change("A", "one")
                    .change("B", "one")
                    .change("C", "two")
                    .change("C", "three")
                    .change("D", "one");
        }

        @Override
        public void later(SavedTable table) {
            table.change("A", "one");
        }
    };

    /** The first file overflows by one record: two new files, of which the second has a record that did not change. */
    SaveScenario SPLIT_BY_ONE_RECORD = new SaveScenario() {
        @Override
        public SavedTable table(SimDisk disk) throws IOException {
            return SavedTable.empty(disk);
        }

        @Override
        public void before(SavedTable table) {
            table.changeMany("A", 1, 2 * InventoryFiles.RECORDS_PER_FILE + 1).change("B", "one");
        }

        @Override
        public void change(SavedTable table) {
            table.change("A", "S00000").changeMany("B", 0, InventoryFiles.RECORDS_PER_FILE + 1);
        }

        @Override
        public void later(SavedTable table) {
            table.change("A", "S00000");
        }
    };

    /** The same of small files, where more of what a power cut leaves can be tried. */
    SaveScenario SPLIT_SMALL_FILES = new SaveScenario() {
        @Override
        public SavedTable table(SimDisk disk) throws IOException {
            return SavedTable.inFilesOf(2, disk);
        }

        @Override
        public void before(SavedTable table) {
            table.changeMany("A", 1, 5);
        }

        @Override
        public void change(SavedTable table) {
            table.change("A", SavedTable.sku(0));
        }

        @Override
        public void later(SavedTable table) {
            table.change("A", SavedTable.sku(0));
        }
    };

    /** What changes ends up in a file that is split off, so that nothing but the split makes the shortened file due. */
    SaveScenario SPLIT_AT_THE_END = new SaveScenario() {
        @Override
        public SavedTable table(SimDisk disk) throws IOException {
            return SavedTable.inFilesOf(2, disk);
        }

        @Override
        public void before(SavedTable table) {
            table.changeMany("A", 0, 4);
        }

        @Override
        public void change(SavedTable table) {
            table.change("A", SavedTable.sku(9));
        }

        @Override
        public void later(SavedTable table) {
            table.change("A", SavedTable.sku(9));
        }
    };
}
