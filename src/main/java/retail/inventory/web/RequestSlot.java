package retail.inventory.web;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import retail.inventory.admission.BoundedBulkhead;
import retail.inventory.service.Slot;

/** The place that the current thread's request has in a bulkhead. */
@Component
final class RequestSlot implements Slot {

    private static final ThreadLocal<@Nullable Place> CURRENT = new ThreadLocal<>();

    private static final class Place {
        private final BoundedBulkhead bulkhead;
        private boolean passed;

        private Place(BoundedBulkhead bulkhead) {
            this.bulkhead = bulkhead;
        }
    }

    /** The current request was let in. */
    void begin(BoundedBulkhead bulkhead) {
        CURRENT.set(new Place(bulkhead));
    }

    @Override
    public void pass() {
        Place place = CURRENT.get();
        if (place != null && !place.passed) {
            place.passed = true;
            place.bulkhead.pass();
        }
    }

    /** The current request is done. */
    void end() {
        Place place = CURRENT.get();
        if (place != null) {
            CURRENT.remove();
            place.bulkhead.leave(place.passed);
        }
    }
}
