package retail.inventory.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Many requests by all clients at once, each client on its kept connection. */
final class Storm {

    private final List<ProvingClient> clients;
    private final Proof.Progress progress;
    private volatile boolean failed;

    /** Request number {@code i} of a storm, by one of the clients. */
    interface Numbered<T> {
        T by(ProvingClient client, int i) throws Exception;
    }

    Storm(List<ProvingClient> clients, Proof.Progress progress) {
        this.clients = clients;
        this.progress = progress;
    }

    /** Sends so many requests, a client the next one when it has its answer; the results in no order. */
    <T> List<T> of(int requests, Numbered<T> request) {
        AtomicInteger next = new AtomicInteger();
        List<List<T>> all = byEach((client, number) -> {
            List<T> results = new ArrayList<>();
            for (int i = next.getAndIncrement(); i < requests && !failed; i = next.getAndIncrement()) {
                results.add(request.by(client, i));
                progress.reached(i + 1L, requests, "requests");
            }
            return results;
        });
        return all.stream().flatMap(List::stream).toList();
    }

    /** Has every client do something for so long, one thing after another. */
    void during(int seconds, Numbered<Runnable> task) {
        long start = System.nanoTime();
        List<Boolean> _ = byEach((client, number) -> {
            Runnable again = task.by(client, number);
            for (long s = 0; s < seconds && !failed; s = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start)) {
                again.run();
                progress.reached(s, seconds, "seconds");
            }
            return true;
        });
    }

    /** Has every client, with its number, do something at once. */
    <T> List<T> byEach(Numbered<T> task) {
        failed = false;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> running = new ArrayList<>();
            for (ProvingClient client : clients) {
                int number = running.size();
                running.add(threads.submit(() -> {
                    try {
                        return task.by(client, number);
                    } catch (Exception | Error e) {
                        failed = true;
                        throw e;
                    }
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<T> one : running) {
                all.add(one.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ProofFailedException proof
                    ? proof
                    : new ProofFailedException(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProofFailedException("interrupted");
        }
    }
}
