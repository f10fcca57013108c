package retail.inventory.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Many requests by all clients at once, each client on its kept connection. */
final class Storm {

    private final List<ProvingClient> clients;
    private final Proof.Progress progress;

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
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<T>>> running = new ArrayList<>();
            for (ProvingClient client : clients) {
                running.add(threads.submit(() -> {
                    List<T> results = new ArrayList<>();
                    for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
                        results.add(request.by(client, i));
                        progress.reached(i + 1L, requests);
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
}
