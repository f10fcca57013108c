package retail.inventory.background;

import io.github.resilience4j.core.functions.CheckedSupplier;
import io.github.resilience4j.retry.Retry;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Doing again what the disk has failed to do, with growing pauses, a few times. That a file is not there is no failure. */
public record Retries(Retry retry) {

    /** What is done. */
    @FunctionalInterface
    public interface Call<T extends @Nullable Object> {
        T run() throws IOException;
    }

    public <T extends @Nullable Object> T with(Call<T> call) throws IOException {
        AtomicReference<@Nullable NoSuchFileException> absent = new AtomicReference<>();
        CheckedSupplier<@Nullable T> patient = Retry.decorateCheckedSupplier(retry, () -> {
            try {
                return call.run();
            } catch (NoSuchFileException answer) {
                absent.set(answer);
                return null;
            }
        });
        try {
            T result = patient.get();
            NoSuchFileException answer = absent.get();
            if (answer != null) {
                throw answer;
            }
            return result;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable impossible) {
            throw new AssertionError("a call throws nothing else", impossible);
        }
    }
}
