package retail.inventory.several;

import com.sun.jdi.event.EventSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Findings;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.Fleet;
import retail.inventory.lab.Moments;
import retail.inventory.lab.RecordingClient;
import retail.inventory.lab.ServiceProcess;
import retail.inventory.several.Breakpoint.Point;

/**
 * A process is stopped at a point of a change, for longer than its lease lives. Outside the log's section another one takes
 * over; inside, the others can only say that they cannot tell, until it goes on or is killed.
 */
final class Stops implements AutoCloseable {

    private static final long TTL_MS = 300;
    private static final Map<String, String> SETTINGS = Map.of(
            "LOCK_TTL_MS", Long.toString(TTL_MS),
            "LOCK_RENEW_MS", "100",
            "LOCK_WAIT_MS", "800",
            "COMMIT_TIMEOUT_MS", "800");

    /** Of ten units, three are wanted four times. */
    private static final String STORE = "S1";

    private static final long STOCK = 10;

    private static final long SALE = -3;
    private static final long MARGIN_MS = 100;
    private static final long DECIDED_SECONDS_MAX = 15;
    private static final int KILLED_ONE_IN = 5;

    private final Fleet fleet;
    private final Findings findings;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Breakpoint breakpoint;
    private Tally tally = new Tally();
    private String calm = "";
    private volatile boolean reached;

    /** What came of stopping a process at one point. */
    private static final class Tally {
        private int truths;
        private int honestErrors;
        private int takeovers;
        private long takeoverMaxMs;
        private int heldUp;
        private int reads;
        private int kills;
        private long afterKillMaxMs;

        @Override
        public String toString() {
            return "who was stopped then told the truth %d times, an honest error %d times; "
                            .formatted(truths, honestErrors)
                    + (takeovers > 0
                            ? "another took over %d times, after %d ms at most".formatted(takeovers, takeoverMaxMs)
                            : ("meanwhile %d changes of others were answered that nobody can tell, %d reads answered;"
                                            + " %d more were killed instead, others wrote again after %d ms at most")
                                    .formatted(heldUp, reads, kills, afterKillMaxMs));
        }
    }

    Stops(Path dataDir, Findings findings) throws IOException {
        this.fleet = new Fleet(dataDir, SETTINGS, Breakpoint.POSSIBLE, findings);
        this.findings = findings;
        this.breakpoint = attached();
    }

    /** Stops it so many times at a point; what came of it in a sentence. */
    String at(Point point, int times) throws IOException {
        tally = new Tally();
        calm = "calm-" + point.name();
        until("other", () -> fleet.client(1).change(STORE, calm, STOCK, null), true);
        for (int i = 0; i < times; i++) {
            round(point, i, false);
        }
        int kills = point == Point.BEFORE_FSYNC ? (times + KILLED_ONE_IN - 1) / KILLED_ONE_IN : 0;
        for (int i = 0; i < kills; i++) {
            round(point, times + i, true);
        }
        int violations = fleet.told().check(Kind.FALSE_ACK).violations().size(); // of this point and those before
        return "%s: %d stopped, %d violations; %s".formatted(point, times, violations, tally);
    }

    private void round(Point point, int number, boolean kill) throws IOException {
        String sku = point.name().toLowerCase(Locale.ROOT) + "-" + number;
        String key = number % 2 == 0 ? null : "key-of-" + sku;
        ServiceProcess stopped = fleet.process(0);
        until("stock", () -> fleet.client(1).change(STORE, sku, STOCK, null), true);
        breakpoint.arm(point);
        reached = false;
        Future<Answer> answer = threads.submit(() -> toThePoint(sku, key));
        EventSet held = breakpoint.await();
        reached = true;
        stopped.freeze();
        long began = System.nanoTime();
        if (point == Point.BEFORE_FSYNC) {
            heldUp(sku, key);
        } else {
            takenOver(sku, key, began);
        }
        Moments.pause(Math.max(0, TTL_MS + MARGIN_MS - msSince(began)));
        if (kill) {
            kill(sku);
        } else {
            stopped.thaw();
            held.resume();
            judge(result(answer));
        }
        for (int i = 0; i < Fleet.SIZE; i++) {
            RecordingClient each = fleet.client(i);
            until("a read", () -> each.read(STORE, sku), false);
        }
    }

    /** Sells, and again for as long as it is told to come again before it has come to the point. */
    private Answer toThePoint(String sku, @Nullable String key) throws IOException {
        Answer reply = fleet.client(0).change(STORE, sku, SALE, key);
        while (reply.status() == 503 && !reached) {
            reply = fleet.client(0).change(STORE, sku, SALE, key);
        }
        return reply;
    }

    /** Others sell the same units, one of them perhaps for the same request. */
    private void takenOver(String sku, @Nullable String key, long began) throws IOException {
        until("the same", () -> fleet.client(1).change(STORE, sku, SALE, key), false);
        tally.takeovers++;
        tally.takeoverMaxMs = Math.max(tally.takeoverMaxMs, msSince(began));
        until("another", () -> fleet.client(2).change(STORE, sku, SALE, null), false);
        until("a third", () -> fleet.client(1).change(STORE, sku, SALE, null), false);
    }

    /** Nobody can write; who only reads what nobody is changing notices nothing. */
    private void heldUp(String sku, @Nullable String key) throws IOException {
        Future<Answer> same = threads.submit(() -> fleet.client(1).change(STORE, sku, SALE, key));
        Future<Answer> another = threads.submit(() -> fleet.client(2).change(STORE, "calm-" + sku, STOCK, null));
        for (int index = 1; index < Fleet.SIZE; index++) {
            Answer read = fleet.client(index).read(STORE, calm);
            findings.require(read.status() == 200, Kind.FAILED_READ, "a read was answered " + read);
            tally.reads++;
        }
        for (Answer reply : List.of(result(same), result(another))) {
            findings.require(reply.status() == 503, Kind.FALSE_ACK, "beside one inside: " + reply);
            tally.heldUp++;
        }
    }

    private void kill(String sku) throws IOException {
        long began = System.nanoTime();
        fleet.process(0).kill();
        until("after the kill", () -> fleet.client(2).change(STORE, sku, 1, null), true);
        tally.kills++;
        tally.afterKillMaxMs = Math.max(tally.afterKillMaxMs, msSince(began));
        fleet.replace(0, Breakpoint.POSSIBLE);
        breakpoint = attached();
    }

    private void judge(Answer reply) {
        boolean truth = reply.accepted() || reply.status() == 409;
        findings.require(truth || reply.status() == 503, Kind.WRONG_ANSWER, "who was stopped answered " + reply);
        tally.truths += truth ? 1 : 0;
        tally.honestErrors += truth ? 0 : 1;
    }

    /** Repeats a request for as long as it is answered that nothing is decided. */
    private void until(String what, Request request, boolean accepted) throws IOException {
        long began = System.nanoTime();
        Answer reply = request.send();
        while (reply.status() == 503 && Moments.secondsSince(began) < DECIDED_SECONDS_MAX) {
            reply = request.send();
        }
        boolean decided = accepted ? reply.accepted() : reply.status() != 503;
        findings.require(decided, Kind.TOO_SLOW, what + " was answered " + reply);
    }

    private Breakpoint attached() throws IOException {
        until("the first", () -> fleet.client(0).change(STORE, "warm", 1, null), true);
        return Breakpoint.at(fleet.process(0));
    }

    @FunctionalInterface
    private interface Request {
        Answer send() throws IOException;
    }

    private static long msSince(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    private static Answer result(Future<Answer> reply) throws IOException {
        try {
            return reply.get(DECIDED_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException("no answer", e);
        }
    }

    @Override
    public void close() {
        fleet.close();
        threads.shutdownNow();
    }
}
