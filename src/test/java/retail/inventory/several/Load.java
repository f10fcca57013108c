package retail.inventory.several;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import retail.inventory.faults.Findings;
import retail.inventory.faults.Findings.Kind;
import retail.inventory.faults.Moments;
import retail.inventory.history.History;
import retail.inventory.process.Client.Reply;

/** Clients that change and read a few SKUs through all processes, whichever of them dies, until they are told to end. */
final class Load implements AutoCloseable {

    static final int SKUS = 6;

    private static final int CLIENTS = 8;
    private static final int PAUSE_MS = 40; // so that there is room for processes that start
    private static final int DELTA_MAX = 5;

    private final Fleet fleet;
    private final History history;
    private final Findings findings;
    private final AtomicLong acknowledged = new AtomicLong();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean over;

    Load(Fleet fleet, History history, Findings findings) {
        this.fleet = fleet;
        this.history = history;
        this.findings = findings;
        for (int i = 0; i < CLIENTS; i++) {
            String name = "client-" + i;
            clients.add(Thread.ofVirtual().name(name).start(() -> run(name)));
        }
    }

    static String sku(int number) {
        return "hot-" + number;
    }

    /** Changes that were made and answered so far. */
    long acknowledged() {
        return acknowledged.get();
    }

    private void run(String name) {
        Random random = new Random();
        for (int n = 0; !over; n++) {
            try {
                ask(random, name + "-" + n);
            } catch (RuntimeException | AssertionError e) {
                findings.add(Kind.WRONG_ANSWER, "a client could not make sense of an answer: " + e);
            }
            Moments.pause(random.nextInt(PAUSE_MS));
        }
    }

    private void ask(Random random, String number) {
        String sku = sku(random.nextInt(SKUS));
        int dice = random.nextInt(10);
        if (dice < 3) {
            send(random, member -> member.read(history, sku));
            return;
        }
        long delta = dice < 7 ? 1L + random.nextInt(DELTA_MAX) : -1L - random.nextInt(2 * DELTA_MAX);
        String key = random.nextInt(10) == 0 ? number : null;
        Reply reply = send(random, member -> member.change(history, sku, delta, key));
        while (key != null && !over && (reply == null || Member.honestError(reply))) {
            reply = send(random, member -> member.change(history, sku, delta, key)); // perhaps to another process
        }
        if (reply != null && Member.accepted(reply)) {
            acknowledged.incrementAndGet();
        }
    }

    @FunctionalInterface
    private interface Request {
        Reply to(Member member) throws IOException;
    }

    /** Null when the process died meanwhile. */
    private @Nullable Reply send(Random random, Request request) {
        try {
            Reply reply = request.to(fleet.get(random.nextInt(Fleet.SIZE)));
            findings.require(reply.status() != 500, Kind.WRONG_ANSWER, "answered " + reply);
            return reply;
        } catch (IOException dead) {
            Moments.pause(PAUSE_MS);
            return null;
        }
    }

    /** Waits until all are answered. */
    @Override
    public void close() {
        over = true;
        for (Thread client : clients) {
            try {
                client.join();
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts this thread", e);
            }
        }
    }
}
