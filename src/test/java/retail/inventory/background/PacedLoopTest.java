package retail.inventory.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.process.Defects;
import retail.inventory.simulation.ExpectedErrors;

/** The loop of inventory files, snapshots, audit and compaction goes on, whatever a pass throws. */
@ExtendWith(ExpectedErrors.class)
class PacedLoopTest {

    private final AtomicInteger passes = new AtomicInteger();
    private final AtomicInteger lastPasses = new AtomicInteger();
    private final AtomicReference<@Nullable Error> defect = new AtomicReference<>();
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    private void pass() {
        thread.set(Thread.currentThread());
        passes.incrementAndGet();
        Error now = defect.get();
        if (now != null) {
            throw now;
        }
    }

    @ParameterizedTest
    @ValueSource(classes = {StackOverflowError.class, AssertionError.class, NoClassDefFoundError.class})
    void outlivesAPassThatMeetsADefect(Class<? extends Error> kind) throws ReflectiveOperationException {
        try (PacedLoop loop = new PacedLoop("test-loop", 1, this::pass, lastPasses::incrementAndGet)) {
            long before = Defects.count();
            defect.set(kind.getConstructor().newInstance());
            loop.start();
            await().until(() -> passes.get() > 3);
            assertThat(loop.problem()).isEqualTo("a defect: " + kind.getName());
            assertThat(Defects.count()).isGreaterThan(before);
            defect.set(null);
            await().until(() -> loop.problem().isEmpty());
        }
        assertThat(lastPasses).hasValue(1);
    }

    @Test
    void endsInOrderEvenIfTheLastPassMeetsADefect() {
        PacedLoop loop = new PacedLoop("test-loop", 1, this::pass, () -> {
            throw new AssertionError("at the end");
        });
        loop.start();
        await().until(() -> passes.get() > 0);
        loop.close();
        assertThat(loop.problem()).contains("at the end");
    }

    @Test
    void anInterruptIsNoEnd() {
        try (PacedLoop loop = new PacedLoop("test-loop", 1, this::pass, lastPasses::incrementAndGet)) {
            loop.start();
            await().until(() -> passes.get() > 0);
            Objects.requireNonNull(thread.get()).interrupt();
            int before = passes.get();
            await().until(() -> passes.get() > before + 2);
        }
        assertThat(lastPasses).hasValue(1);
    }
}
