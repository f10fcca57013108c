package retail.inventory.frontdoor;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Connection;

/** Adjusts over kept connections, each with a key of its own; the answers to a sample of them are remembered. */
final class KeyedAdjusts {

    private static final int CLIENTS = 48;
    private static final int STORES = 10;
    private static final int SKUS = 1_000;
    private static final int SAMPLES = 1_000;

    private final int count;
    private final ConcurrentMap<Integer, Answer> sampled = new ConcurrentHashMap<>();
    private final LongAdder accepted = new LongAdder();
    private final List<String> complaints = new ArrayList<>();

    KeyedAdjusts(int count) {
        this.count = count;
    }

    /** Sends all of them once; how many were accepted. */
    long send(URI service) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofPlatform().start(() -> {
                try (Connection connection = new Connection(service)) {
                    for (int each = next.getAndIncrement(); each < count; each = next.getAndIncrement()) {
                        sent(each, adjust(connection, each));
                    }
                } catch (IOException e) {
                    complain("a client ended: " + e);
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        return accepted.sum();
    }

    private void sent(int number, Answer answer) {
        if (answer.status() / 100 == 2 && !answer.headers().containsKey("idempotency-replayed")) {
            accepted.increment();
        } else {
            complain("adjust " + number + " was answered by " + answer);
        }
        if (number % Math.max(1, count / SAMPLES) == 0) {
            sampled.put(number, answer);
        }
    }

    /** Sends the sample again, one after the other; how many got their first answer, and how long the median took. */
    Repeated repeat(URI service) throws IOException {
        List<Long> nanos = new ArrayList<>();
        int same = 0;
        try (Connection connection = new Connection(service)) {
            for (Map.Entry<Integer, Answer> first : sampled.entrySet()) {
                long start = System.nanoTime();
                Answer again = adjust(connection, first.getKey());
                nanos.add(System.nanoTime() - start);
                if (isReplay(again, first.getValue())) {
                    same++;
                } else {
                    complain(
                            "adjust " + first.getKey() + " was answered by " + first.getValue() + ", then by " + again);
                }
            }
        }
        nanos.sort(null);
        return new Repeated(same, sampled.size(), nanos.get(nanos.size() / 2) / 1_000);
    }

    record Repeated(int same, int of, long medianMicros) {}

    private static boolean isReplay(Answer again, Answer first) {
        return again.status() == first.status()
                && again.body().equals(first.body())
                && "true".equals(again.headers().get("idempotency-replayed"))
                && String.valueOf(again.headers().get("etag"))
                        .equals(first.headers().get("etag"))
                && String.valueOf(again.headers().get("location"))
                        .equals(String.valueOf(first.headers().get("location")));
    }

    private static Answer adjust(Connection connection, int number) throws IOException {
        String target = "/stores/S" + number % STORES + "/inventory/SKU" + number / STORES % SKUS + "/adjust";
        return connection.post(target, "order-2026-11-30-" + number, "{\"delta\":1}");
    }

    private synchronized void complain(String complaint) {
        if (complaints.size() < 10) {
            complaints.add(complaint);
        }
    }

    /** The first of what was not as it has to be. */
    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }
}
