package retail.inventory.several;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.IdleConnectionEndedException;
import retail.inventory.lab.Moments;

/**
 * Clients that repeat keyed changes: while the key has to live each repetition has to get the first answer, and when it has to be
 * over a new effect. Elapsed time is theirs: a repetition that is answered sooner than the time to live after the first request
 * was sent comes in time, one that is sent later than that after the first answer does not.
 */
final class KeyedClients {

    static final String STORE = "S1";

    private static final int CLIENTS = 8;
    private static final int REPEATS = 4;
    private static final long LATE_MS = 200;

    private final long ttlMs;
    private final Findings findings;
    private final AtomicLong numbers = new AtomicLong();
    private final LongAdder effects = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder renewed = new LongAdder();
    private volatile boolean over;

    KeyedClients(long ttlMs, Findings findings) {
        this.ttlMs = ttlMs;
        this.findings = findings;
    }

    /** A change that was made. */
    record Sale(String sku, String key, String eventId, long sentNanos, long answeredNanos) {}

    static String sku(long number) {
        return "keyed-" + number % CLIENTS;
    }

    /** Runs them until something ends. */
    void during(Client client, Work work) throws IOException {
        over = false;
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(Thread.ofVirtual().start(() -> run(client)));
        }
        try {
            work.run();
        } finally {
            over = true;
            for (Thread each : clients) {
                join(each);
            }
        }
    }

    /** Something to do meanwhile. */
    interface Work {
        void run() throws IOException;
    }

    private void run(Client client) {
        Random random = new Random();
        while (!over) {
            try {
                Sale sale = sell(client);
                for (int i = 0; i < REPEATS; i++) {
                    Moments.pause(random.nextLong(ttlMs / REPEATS));
                    repeat(client, sale);
                }
                if (random.nextInt(3) == 0) {
                    Moments.pause(ttlMs + LATE_MS);
                    sellAnew(client, sale);
                }
            } catch (IOException | RuntimeException e) {
                findings.add(Kind.OTHER, "a client could not go on: " + e);
                return;
            }
        }
    }

    Sale sell(Client client) throws IOException {
        long number = numbers.incrementAndGet();
        return sell(client, sku(number), "key-" + number);
    }

    private Sale sell(Client client, String sku, String key) throws IOException {
        long sentNanos = System.nanoTime();
        Sent sent = send(client, sku, key);
        Answer reply = sent.reply();
        boolean made = reply.status() < 300 && (!reply.replayed() || sent.again());
        findings.require(made, Kind.WRONG_ANSWER, "a first request with " + key + " is answered " + reply);
        effects.add(made ? 1 : 0);
        return new Sale(sku, key, reply.text("eventId"), sentNanos, System.nanoTime());
    }

    /** The same request while its key has to live. */
    void repeat(Client client, Sale sale) throws IOException {
        Answer reply = send(client, sale.sku(), sale.key()).reply();
        if (System.nanoTime() - sale.sentNanos() < TimeUnit.MILLISECONDS.toNanos(ttlMs)) {
            requireReplayed(sale, reply);
        } else if (reply.status() < 300 && !reply.text("eventId").equals(sale.eventId())) {
            effects.increment(); // too late to say
        }
    }

    private record Sent(Answer reply, boolean again) {}

    /** Again, with its key, when a kept connection ended, as it may when the clock leaps: then the first one's answer comes. */
    private static Sent send(Client client, String sku, String key) throws IOException {
        boolean again = false;
        while (true) {
            try {
                return new Sent(client.adjust(STORE, sku, 1, key), again);
            } catch (IdleConnectionEndedException e) {
                again = true;
            }
        }
    }

    void requireReplayed(Sale sale, Answer reply) {
        repeated.increment();
        boolean same = reply.replayed() && reply.text("eventId").equals(sale.eventId());
        findings.require(same, Kind.FALSE_ACK, "a repeated request with " + sale.key() + " is answered " + reply);
        effects.add(reply.status() < 300 && !reply.replayed() ? 1 : 0);
    }

    /** The same request when its key has to be over. */
    void sellAnew(Client client, Sale sale) throws IOException {
        long late = System.nanoTime() - sale.answeredNanos();
        if (late > TimeUnit.MILLISECONDS.toNanos(ttlMs + LATE_MS)) {
            renewed.increment();
            sell(client, sale.sku(), sale.key());
        }
    }

    /** Holds the stock against the effects that were told. */
    void requireStock(Client client) throws IOException {
        long sum = 0;
        for (int i = 0; i < CLIENTS; i++) {
            sum += client.get("/stores/" + STORE + "/inventory/" + sku(i)).number("qty");
        }
        findings.require(
                sum == effects.sum(), Kind.FALSE_ACK, "the stock is " + sum + " after " + effects.sum() + " effects");
    }

    long keys() {
        return numbers.get();
    }

    long repeated() {
        return repeated.sum();
    }

    long renewed() {
        return renewed.sum();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
    }
}
