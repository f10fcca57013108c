package retail.inventory.disk;

import io.github.resilience4j.core.functions.CheckedSupplier;
import io.github.resilience4j.retry.Retry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Doing again what the disk has failed to do, with growing pauses, a few times. */
record Patience(Retry retry) {

    /** What is done. */
    @FunctionalInterface
    interface Call<T extends @Nullable Object> {
        T run() throws IOException;
    }

    <T extends @Nullable Object> T with(Call<T> call) throws IOException {
        CheckedSupplier<T> patient = Retry.decorateCheckedSupplier(retry, call::run);
        try {
            return patient.get();
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable impossible) {
            throw new AssertionError("a call throws nothing else", impossible);
        }
    }
}
