package retail.inventory.prove;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Many requests by all clients at once, each client on its kept connection. */
final class Storm {

    private static final long PROGRESS_NANOS = 5_000_000_000L;

    private final List<ProvingClient> clients;
    private final PrintStream out;
    private final AtomicLong toldAt = new AtomicLong(System.nanoTime());

    /** Request number {@code i} of a storm, by one of the clients. */
    interface Numbered<T> {
        T by(ProvingClient client, int i) throws Exception;
    }

    Storm(List<ProvingClient> clients, PrintStream out) {
        this.clients = clients;
        this.out = out;
    }

    /** Sends so many requests, a client the next one when it has its answer; the results in no order. */
    <T> List<T> of(int requests, Numbered<T> request) {
        AtomicInteger next = new AtomicInteger();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<T>>> running = new ArrayList<>();
            for (ProvingClient client : clients) {
                running.add(threads.submit(() -> {
                    List<T> results = new ArrayList<>();
                    for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
                        results.add(request.by(client, i));
                        tellProgress(i, requests);
                    }
                    return results;
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<List<T>> one : running) {
                all.addAll(one.get());
            }
            return all;
        } catch (ExecutionException e) {
            next.set(requests);
            throw e.getCause() instanceof ProofFailedException failed
                    ? failed
                    : new ProofFailedException(String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProofFailedException("interrupted");
        }
    }

    private void tellProgress(int i, int requests) {
        long now = System.nanoTime();
        long before = toldAt.get();
        if (now - before >= PROGRESS_NANOS && toldAt.compareAndSet(before, now)) {
            out.println("    … " + i + " of " + requests + " requests");
        }
    }
}
