package retail.inventory.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** Many clients that send at the same moment. */
final class AtOnce {

    private AtOnce() {}

    /** The replies to the requests of clients 0, 1, 2, …, in this order. */
    static List<Reply> clients(int count, IntFunction<Reply> request) throws InterruptedException, ExecutionException {
        CountDownLatch ready = new CountDownLatch(count);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> pending = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int client = i;
                pending.add(clients.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return request.apply(client);
                }));
            }
            List<Reply> replies = new ArrayList<>();
            for (Future<Reply> reply : pending) {
                replies.add(reply.get());
            }
            return replies;
        }
    }
}
