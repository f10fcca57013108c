package retail.inventory.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request under way on a virtual thread of its own. */
final class Call<T extends @Nullable Object> {

    private static final long PATIENCE_S = 60;

    private final FutureTask<T> task;
    private final Thread thread;

    private Call(Supplier<T> request) {
        task = new FutureTask<>(request::get);
        thread = Thread.ofVirtual().start(task);
    }

    static <T extends @Nullable Object> Call<T> of(Supplier<T> request) {
        return new Call<>(request);
    }

    /** Waits until the request itself waits with a deadline, which it does for the log or for a twin and nothing else. */
    Call<T> awaitWaiting() {
        await().atMost(Duration.ofSeconds(PATIENCE_S)).until(() -> task.isDone() || isWaiting(thread.getState()));
        assertThat(task).as("a request that has to wait").isNotDone();
        return this;
    }

    private static boolean isWaiting(Thread.State state) {
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    boolean isDone() {
        return task.isDone();
    }

    T answer() throws Exception {
        return task.get(PATIENCE_S, TimeUnit.SECONDS);
    }

    /** What the request failed with. */
    Throwable failure() {
        Throwable thrown = catchThrowable(this::answer);
        assertThat(thrown).as("the failure of a request").isNotNull();
        Throwable cause = thrown.getCause();
        return cause == null ? thrown : cause;
    }
}
