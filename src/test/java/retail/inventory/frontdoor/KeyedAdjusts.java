package retail.inventory.frontdoor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;

/** Adjusts over kept connections, each with a key of its own; the answers to a sample of them are remembered. */
final class KeyedAdjusts {

    private static final int CLIENTS = 48;
    private static final int STORES = 10;
    private static final int SKUS = 1_000;
    private static final int SAMPLES = 1_000;

    private final int count;
    private final ConcurrentMap<Integer, Answer> sampled = new ConcurrentHashMap<>();
    private final LongAdder accepted = new LongAdder();
    private final Findings findings;

    KeyedAdjusts(int count, Findings findings) {
        this.findings = findings;
        this.count = count;
    }

    /** Sends all of them once; how many were accepted. */
    long send(Client client) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    for (int each = next.getAndIncrement(); each < count; each = next.getAndIncrement()) {
                        sent(each, adjust(client, each));
                    }
                } catch (IOException e) {
                    complain("a client ended: " + e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return accepted.sum();
    }

    private void sent(int number, Answer answer) {
        if (answer.accepted() && !answer.replayed()) {
            accepted.increment();
        } else {
            complain("adjust " + number + " was answered by " + answer);
        }
        if (number % Math.max(1, count / SAMPLES) == 0) {
            sampled.put(number, answer);
        }
    }

    /** Sends the sample again, one after the other; how many got their first answer, and how long the median took. */
    Repeated repeat(Client client) throws IOException {
        List<Long> nanos = new ArrayList<>();
        int same = 0;
        for (Map.Entry<Integer, Answer> first : sampled.entrySet()) {
            long start = System.nanoTime();
            Answer again = adjust(client, first.getKey());
            nanos.add(System.nanoTime() - start);
            if (isReplay(again, first.getValue())) {
                same++;
            } else {
                complain("adjust " + first.getKey() + " was answered by " + first.getValue() + ", then by " + again);
            }
        }
        nanos.sort(null);
        return new Repeated(same, sampled.size(), nanos.get(nanos.size() / 2) / 1_000);
    }

    record Repeated(int same, int of, long medianMicros) {}

    private static boolean isReplay(Answer again, Answer first) {
        return again.status() == first.status()
                && again.body().equals(first.body())
                && again.replayed()
                && String.valueOf(again.headers().get("etag"))
                        .equals(first.headers().get("etag"))
                && String.valueOf(again.headers().get("location"))
                        .equals(String.valueOf(first.headers().get("location")));
    }

    private static Answer adjust(Client client, int number) throws IOException {
        String target = "/stores/S" + number % STORES + "/inventory/SKU" + number / STORES % SKUS + "/adjust";
        return client.post(target, "order-2026-11-30-" + number, "{\"delta\":1}");
    }

    private void complain(String complaint) {
        findings.add(Kind.WRONG_ANSWER, complaint);
    }
}
