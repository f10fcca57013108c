package retail.inventory.background;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How long ago something last happened, by a clock that nobody can set. Safe for use by several threads. */
public final class Age {

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private volatile @Nullable Long sinceNanos;

    /** Of something that has not happened yet. */
    public Age() {
        this(System::nanoTime);
    }

    Age(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** It happens now. */
    public void restart() {
        sinceNanos = nanoTime.getAsLong();
    }

    /** Seconds since it last happened; NaN when it never did. */
    public double seconds() {
        Long since = sinceNanos;
        return since == null ? Double.NaN : (nanoTime.getAsLong() - since) / NANOS_PER_SECOND;
    }
}
