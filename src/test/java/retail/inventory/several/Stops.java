package retail.inventory.several;

import com.sun.jdi.event.EventSet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import retail.inventory.faults.Findings;
import retail.inventory.faults.Findings.Kind;
import retail.inventory.faults.Moments;
import retail.inventory.history.History;
import retail.inventory.process.Client.Reply;
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
    private static final long STOCK = 10;

    private static final long SALE = -3;
    private static final long MARGIN_MS = 100;
    private static final Duration DECIDED_MAX = Duration.ofSeconds(15);
    private static final int KILLED_ONE_IN = 5;

    private final Fleet fleet;
    private final Findings findings;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Breakpoint breakpoint;
    private History history = new History();
    private StopTally tally = new StopTally();
    private String calm = "";
    private volatile boolean reached;

    Stops(Path dataDir, Findings findings) throws IOException {
        this.fleet = new Fleet(dataDir, SETTINGS, Breakpoint.POSSIBLE);
        this.findings = findings;
        this.breakpoint = attached();
    }

    /** Stops it so many times at a point; what came of it in a sentence. */
    String at(Point point, int times) throws IOException {
        history = new History();
        tally = new StopTally();
        calm = "calm-" + point.name();
        until("other", () -> fleet.get(1).change(history, calm, STOCK, null), true);
        for (int i = 0; i < times; i++) {
            round(point, i, false);
        }
        int kills = point == Point.BEFORE_FSYNC ? (times + KILLED_ONE_IN - 1) / KILLED_ONE_IN : 0;
        for (int i = 0; i < kills; i++) {
            round(point, times + i, true);
        }
        List<String> violations = history.check().violations();
        violations.forEach(violation -> findings.add(Kind.FALSE_ACK, violation));
        return "%s: %d stopped, %d violations; %s".formatted(point, times, violations.size(), tally);
    }

    private void round(Point point, int number, boolean kill) throws IOException {
        String sku = point.name().toLowerCase(Locale.ROOT) + "-" + number;
        String key = number % 2 == 0 ? null : "key-of-" + sku;
        Member stopped = fleet.get(0);
        until("stock", () -> fleet.get(1).change(history, sku, STOCK, null), true);
        breakpoint.arm(point);
        reached = false;
        CompletableFuture<Reply> answer = later(() -> toThePoint(stopped, sku, key));
        EventSet held = breakpoint.await();
        reached = true;
        stopped.stop();
        long began = System.nanoTime();
        if (point == Point.BEFORE_FSYNC) {
            heldUp(sku, key);
        } else {
            takenOver(sku, key, began);
        }
        long leftMs =
                TTL_MS + MARGIN_MS - Duration.ofNanos(System.nanoTime() - began).toMillis();
        Moments.pause(Math.max(0, leftMs));
        if (kill) {
            kill(sku);
        } else {
            stopped.goOn();
            held.resume();
            judge(answer);
        }
        for (Member each : fleet.all()) {
            until("a read", () -> each.read(history, sku), false);
        }
    }

    /** Sells, and again for as long as it is told to come again before it has come to the point. */
    private Reply toThePoint(Member member, String sku, @Nullable String key) throws IOException {
        Reply reply = member.change(history, sku, SALE, key);
        while (Member.honestError(reply) && !reached) {
            reply = member.change(history, sku, SALE, key);
        }
        return reply;
    }

    /** Others sell the same units, one of them perhaps for the same request. */
    private void takenOver(String sku, @Nullable String key, long began) throws IOException {
        until("the same", () -> fleet.get(1).change(history, sku, SALE, key), false);
        tally.tookOver(Duration.ofNanos(System.nanoTime() - began).toMillis());
        until("another", () -> fleet.get(2).change(history, sku, SALE, null), false);
        until("a third", () -> fleet.get(1).change(history, sku, SALE, null), false);
    }

    /** Nobody can write; who only reads what nobody is changing notices nothing. */
    private void heldUp(String sku, @Nullable String key) throws IOException {
        CompletableFuture<Reply> same = later(() -> fleet.get(1).change(history, sku, SALE, key));
        CompletableFuture<Reply> another = later(() -> fleet.get(2).change(history, "calm-" + sku, STOCK, null));
        for (int index = 1; index < Fleet.SIZE; index++) {
            Reply read = fleet.get(index).read(history, calm);
            findings.require(read.status() == 200, Kind.FAILED_READ, "a read was answered " + read);
            tally.read();
        }
        for (Reply reply : List.of(result(same), result(another))) {
            findings.require(Member.honestError(reply), Kind.FALSE_ACK, "beside one inside: " + reply);
            tally.heldUp();
        }
    }

    private void kill(String sku) throws IOException {
        long began = System.nanoTime();
        fleet.get(0).process().kill();
        until("after the kill", () -> fleet.get(2).change(history, sku, 1, null), true);
        tally.killed(Duration.ofNanos(System.nanoTime() - began).toMillis());
        fleet.replace(0, Breakpoint.POSSIBLE);
        breakpoint = attached();
    }

    private void judge(CompletableFuture<Reply> answer) throws IOException {
        Reply reply = result(answer);
        boolean truth = Member.accepted(reply) || reply.status() == 409;
        findings.require(truth || Member.honestError(reply), Kind.WRONG_ANSWER, "who was stopped answered " + reply);
        tally.answered(truth);
    }

    /** Repeats a request for as long as it is answered that nothing is decided. */
    private void until(String what, Request request, boolean accepted) throws IOException {
        long began = System.nanoTime();
        Reply reply = request.send();
        while (Member.honestError(reply) && System.nanoTime() - began < DECIDED_MAX.toNanos()) {
            reply = request.send();
        }
        boolean decided = accepted ? Member.accepted(reply) : !Member.honestError(reply);
        findings.require(decided, Kind.TOO_SLOW, what + " was answered " + reply);
    }

    private Breakpoint attached() throws IOException {
        until("the first", () -> fleet.get(0).change(new History(), "warm", 1, null), true);
        return Breakpoint.at(fleet.get(0).process());
    }

    @FunctionalInterface
    private interface Request {
        Reply send() throws IOException;
    }

    private CompletableFuture<Reply> later(Request request) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                reply.complete(request.send());
            } catch (IOException | RuntimeException | AssertionError e) {
                reply.completeExceptionally(e);
            }
        });
        return reply;
    }

    private static Reply result(CompletableFuture<Reply> reply) throws IOException {
        try {
            return reply.get(DECIDED_MAX.toSeconds(), TimeUnit.SECONDS);
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
