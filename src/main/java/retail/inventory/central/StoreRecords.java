package retail.inventory.central;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import retail.inventory.stock.InventoryRecord;

/** The stock as the stores' side has it: what the view is compared with, and begins with when the log is not enough. */
public interface StoreRecords {

    /** {@link #forEach} has every event up to this sequence, and perhaps later ones; 0 = none. */
    long through() throws IOException;

    /** Hands over the durable records of all stores, some of one store at a time. */
    void forEach(Consumer<List<InventoryRecord>> some) throws IOException;
}
