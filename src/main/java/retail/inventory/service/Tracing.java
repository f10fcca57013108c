package retail.inventory.service;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Follows a request through the steps of its change, for those who look for where its time went; it changes nothing. */
public interface Tracing {

    /** For requests that nobody follows. */
    Tracing NONE = new Tracing() {
        @Override
        public @Nullable String traceId() {
            return null;
        }

        @Override
        public <T extends @Nullable Object> T step(Step step, Supplier<T> work) {
            return work.get();
        }
    };

    /** A part of a change. */
    enum Step {
        /** Under the SKU's lock: deciding, and queueing the event. */
        DECIDE,
        /** Until the disk has the event, or what a rejection rests on. */
        WAIT_DURABLE
    }

    /** The trace that the current request belongs to, in W3C form, to be kept with its event; null when there is none. */
    @Nullable
    String traceId();

    /** Does the work of a step. */
    <T extends @Nullable Object> T step(Step step, Supplier<T> work);
}
