package retail.inventory.several;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import retail.inventory.history.History;
import retail.inventory.history.HttpOutcome;
import retail.inventory.history.Operation;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Client;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.IdleConnectionEndedException;
import retail.inventory.lab.Moments;
import retail.inventory.lab.Tasks;

/**
 * Clients that repeat keyed changes: while the key has to live each repetition has to get the first answer, and when it has to be
 * over a new effect, so that it is another key for their history. Elapsed time is theirs: a repetition that is answered sooner
 * than the time to live after the first request was sent comes in time, one that is sent later than that after the first answer
 * does not.
 */
final class KeyedClients {

    private static final String STORE = "S1";
    private static final int CLIENTS = 8;
    private static final int REPEATS = 4;
    private static final long LATE_MS = 200;

    private final long ttlMs;
    private final Findings findings;
    private final History history = new History();
    private final AtomicLong keys = new AtomicLong();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder renewed = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private volatile boolean over;

    KeyedClients(long ttlMs, Findings findings) {
        this.ttlMs = ttlMs;
        this.findings = findings;
    }

    /**
     * A change that was made.
     *
     * @param life what the history calls the key, for as long as it lives
     */
    record Sale(String sku, String key, String life, long sentNanos, long answeredNanos) {}

    private static String sku(long number) {
        return "keyed-" + number % CLIENTS;
    }

    /** Runs them until something ends. */
    void during(Client client, Tasks.Work work) throws IOException {
        over = false;
        List<Tasks.Work> all = new ArrayList<>(Collections.nCopies(CLIENTS, () -> run(client)));
        all.add(() -> {
            try {
                work.run();
            } finally {
                over = true;
            }
        });
        Tasks.all(all);
    }

    private void run(Client client) throws IOException {
        Random random = new Random();
        while (!over) {
            Sale sale = sell(client);
            for (int i = 0; i < REPEATS; i++) {
                Moments.pause(random.nextLong(ttlMs / REPEATS));
                repeat(client, sale, sale.sentNanos() + TimeUnit.MILLISECONDS.toNanos(ttlMs));
            }
            if (random.nextInt(3) == 0) {
                Moments.pause(ttlMs + LATE_MS);
                sellAnew(client, sale);
            }
        }
    }

    Sale sell(Client client) throws IOException {
        long number = keys.incrementAndGet();
        return sell(client, sku(number), "key-" + number, "key-" + number);
    }

    private Sale sell(Client client, String sku, String key, String life) throws IOException {
        long sentNanos = System.nanoTime();
        boolean _ = send(client, sku, key, life, null);
        return new Sale(sku, key, life, sentNanos, System.nanoTime());
    }

    /** The same request while its key lives, whatever the time. */
    void repeat(Client client, Sale sale) throws IOException {
        repeat(client, sale, null);
    }

    private void repeat(Client client, Sale sale, @Nullable Long untilNanos) throws IOException {
        boolean inTime = send(client, sale.sku(), sale.key(), sale.life(), untilNanos);
        repeated.add(inTime ? 1 : 0);
    }

    /** The same request when its key has to be over. */
    void sellAnew(Client client, Sale sale) throws IOException {
        long late = System.nanoTime() - sale.answeredNanos();
        if (late > TimeUnit.MILLISECONDS.toNanos(ttlMs + LATE_MS)) {
            renewed.increment();
            Sale _ = sell(client, sale.sku(), sale.key(), sale.life() + ", again");
        }
    }

    /**
     * Sends it, and again when the connection ended, as it may when the clock leaps: also a new one, whose first byte the service
     * then believes to have awaited for an hour. Whether it was answered in time; what is answered later may be a new effect or
     * not.
     */
    private boolean send(Client client, String sku, String key, String life, @Nullable Long untilNanos)
            throws IOException {
        while (true) {
            Operation same = history.changes(place(sku), 1, null, life);
            Operation another = history.changes(place(sku), 1, null, null);
            try {
                Answer answer = client.adjust(STORE, sku, 1, key);
                boolean inTime = isBefore(untilNanos);
                boolean isAnother = !inTime && !answer.replayed();
                boolean _ = tell(isAnother ? another : same, answer);
                (isAnother ? same : another).nothingHappened();
                findings.require(
                        answer.accepted(), Kind.WRONG_ANSWER, "a request with " + key + " is answered " + answer);
                return inTime;
            } catch (IdleConnectionEndedException | EOFException | SocketException e) {
                if (e instanceof ConnectException) {
                    throw e; // nobody listens, which no clock explains
                }
                unanswered.increment();
                if (isBefore(untilNanos)) {
                    another.nothingHappened();
                }
            }
        }
    }

    private static boolean isBefore(@Nullable Long untilNanos) {
        return untilNanos == null || System.nanoTime() - untilNanos < 0;
    }

    private static boolean tell(Operation operation, Answer answer) {
        return HttpOutcome.tell(operation, answer.status(), answer.replayed(), answer.body());
    }

    private static String place(String sku) {
        return STORE + "/" + sku;
    }

    /** Each leap may end the connection of each client, and nothing else ends any. */
    void requireAnswers(int leaps) {
        findings.require(
                unanswered.sum() <= (long) leaps * CLIENTS,
                Kind.WRONG_ANSWER,
                unanswered + " requests had no answer, and the clock leapt " + leaps + " times");
    }

    /** Holds all that was told, and what is in stock now, against each other. */
    void check(Client client) throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            Operation read = history.reads(place(sku(i)));
            boolean _ = tell(read, client.record(STORE, sku(i)));
        }
        history.check().violations().forEach(each -> findings.add(Kind.FALSE_ACK, each));
    }

    @Override
    public String toString() {
        return "%,d keys, %,d repeats while a key lived, %,d when it was over, %,d sent again for want of an answer"
                .formatted(keys.get(), repeated.sum(), renewed.sum(), unanswered.sum());
    }
}
