package retail.inventory.central;

import static org.assertj.core.api.Assertions.assertThat;
import static retail.inventory.central.FakeFeed.event;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import retail.inventory.files.SimDisk;
import retail.inventory.journal.Event;

class EventApplierTest {

    private final FakeFeed feed = new FakeFeed();
    private final Copy copy = Copy.started(new SimDisk(), feed);
    private final List<String> told = new ArrayList<>();
    private final EventApplier applier = new EventApplier(
            copy.view,
            copy.letters,
            feed,
            oldest -> told.add(oldest.movement().key().sku() + " of "
                    + Copy.stock(copy.view).keySet()));

    /** When it is told, all of them can be seen. */
    @Test
    void tellsOfTheOldestEventOnceAllAreVisible() {
        applier.apply(List.of(event("a", 1), event("b", 1)));
        applier.apply(List.<Event>of());
        copy.close();
        assertThat(told).containsExactly("a of [S1/a, S1/b]");
    }
}
