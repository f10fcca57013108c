package retail.inventory.service;

import org.jspecify.annotations.Nullable;

/** A new SKU or store would be one more than the service keeps; nothing was changed, and what is there goes on. */
public final class LimitReachedException extends RuntimeException {

    private LimitReachedException(String message) {
        super(message);
    }

    /** Throws one with the reason, when there is one. */
    static void throwIf(@Nullable String refusal) {
        if (refusal != null) {
            throw new LimitReachedException(refusal);
        }
    }
}
