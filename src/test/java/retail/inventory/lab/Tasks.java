package retail.inventory.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Several things at once, each on a virtual thread, which an interrupt frees from a socket. The first failure ends the others. */
public final class Tasks {

    private Tasks() {}

    /** Something to do. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Something to do with a number. */
    @FunctionalInterface
    public interface Numbered {
        void run(int number) throws Exception;
    }

    /** Does the same so often at once, and waits for all. */
    public static void times(int count, Work work) throws IOException {
        all(Collections.nCopies(count, work));
    }

    /** Does the numbers from 0 on, each once, by so many threads. */
    public static void numbered(int count, int threads, Numbered work) throws IOException {
        AtomicInteger next = new AtomicInteger();
        times(threads, () -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                work.run(i);
            }
        });
    }

    /** Does all, and waits for them. */
    public static void all(List<Work> tasks) throws IOException {
        all(tasks, Duration.ofDays(1), () -> {});
    }

    /** Does all, and something else meanwhile, whenever no task has ended for so long. */
    public static void all(List<Work> tasks, Duration every, Work meanwhile) throws IOException {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<Work> ended = new ExecutorCompletionService<>(executor);
            List<Future<Work>> running = new ArrayList<>();
            for (Work task : tasks) {
                running.add(ended.submit(() -> {
                    task.run();
                    return task;
                }));
            }
            try {
                for (int left = running.size(); left > 0; ) {
                    Future<Work> next = ended.poll(every.toMillis(), TimeUnit.MILLISECONDS);
                    if (next == null) {
                        meanwhile.run();
                    } else {
                        Work _ = next.get();
                        left--;
                    }
                }
            } finally {
                running.forEach(each -> each.cancel(true));
            }
        } catch (ExecutionException e) {
            throw thrown(e.getCause());
        } catch (Exception e) {
            throw thrown(e);
        }
    }

    /** The failure as it was, when it need not be declared. */
    private static IOException thrown(@Nullable Throwable failure) {
        return switch (failure) {
            case RuntimeException known -> throw known;
            case Error known -> throw known;
            case IOException known -> known;
            case null, default -> new IOException(failure);
        };
    }
}
