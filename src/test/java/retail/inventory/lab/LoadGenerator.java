package retail.inventory.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import retail.inventory.lab.LoadConnection.Request;

/**
 * Sends requests to the service over HTTP at a given pace, on one thread and as few connections as it takes: it shares the
 * machine with the service, which a thread for each connection would take more from. Not thread-safe.
 */
public final class LoadGenerator implements AutoCloseable {

    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long PROGRESS_NANOS = 5 * SECOND_NANOS;
    private static final long MILLI_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long WAIT_MAX_MS = 100;
    /** After so many requests it looks for answers, even when more are due. */
    private static final int SENT_AT_ONCE = 32;

    private final InetSocketAddress address;
    private final @Nullable InetAddress from;
    private final Requests requests;
    private final Findings failures;
    private @Nullable Consumer<String> onAccepted;
    private final Selector selector;
    private final ByteBuffer scratch = ByteBuffer.allocateDirect(16 * 1024);
    /** The latest used is last and is taken first, so that no more are in use than needed. */
    private final Deque<LoadConnection> free = new ArrayDeque<>();

    private int open;
    private long opened;
    private int underWay;
    /** When a request was last due and there was no connection for it, in {@link System#nanoTime}. */
    private long busyNanos = System.nanoTime();

    private long tidiedNanos = System.nanoTime();

    public LoadGenerator(URI baseUrl, Requests requests, Findings failures) throws IOException {
        this(baseUrl, null, requests, failures);
    }

    public LoadGenerator(URI baseUrl, @Nullable InetAddress from, Requests requests, Findings failures)
            throws IOException {
        this.address = new InetSocketAddress(baseUrl.getHost(), baseUrl.getPort());
        this.from = from;
        this.requests = requests;
        this.failures = failures;
        this.selector = Selector.open();
    }

    /** Hands over each answer that accepts, headers and body, on this thread, so it must be quick. */
    public void onAccepted(Consumer<String> text) {
        onAccepted = text;
    }

    /** How many connections there are now. */
    int open() {
        return open;
    }

    /** How many connections there have been, not only now. */
    public long opened() {
        return opened;
    }

    /** Sends requests for some time; the last answers come to their outcomes during the next load or {@link #drain}. */
    public Outcomes run(Pace pace, Duration time) throws IOException {
        return run(pace, time, soFar -> {});
    }

    /** The same, and says every few seconds how far it is. */
    public Outcomes run(String what, Pace pace, Duration time, PrintStream out) throws IOException {
        return run(pace, time, soFar -> out.printf("%s: %s, %,d connections%n", what, soFar, open));
    }

    private Outcomes run(Pace pace, Duration time, Consumer<Outcomes> progress) throws IOException {
        Outcomes outcomes = new Outcomes(System.nanoTime(), time);
        long sent = 0;
        long told = 0;
        long elapsed = 0;
        while (elapsed < time.toNanos()) {
            sent += sendDue(pace, sent, outcomes);
            await(pace, sent, outcomes);
            elapsed = outcomes.sinceStart(System.nanoTime());
            if (elapsed / PROGRESS_NANOS > told) {
                told = elapsed / PROGRESS_NANOS;
                progress.accept(outcomes);
            }
        }
        for (long due = pace.dueNanos(sent, elapsed); due < time.toNanos(); due = pace.dueNanos(++sent, elapsed)) {
            outcomes.add(Outcome.UNSENT, due, elapsed, elapsed, elapsed);
        }
        return outcomes;
    }

    /** Waits until nothing is on its way any more, which the time an answer may take bounds. */
    public void drain() throws IOException {
        while (underWay > 0) {
            selector.select(this::onReady, WAIT_MAX_MS);
            tidy();
        }
    }

    @Override
    public void close() throws IOException {
        selector.keys().forEach(key -> connection(key).close());
        selector.close();
    }

    /** Sends what is due while there is a connection for it. */
    private int sendDue(Pace pace, long from, Outcomes outcomes) {
        for (int sent = 0; sent < SENT_AT_ONCE; sent++) {
            long now = outcomes.sinceStart(System.nanoTime());
            long due = pace.dueNanos(from + sent, now);
            if (due > now || due >= outcomes.time().toNanos()) {
                return sent;
            }
            if (!hasConnection(pace)) {
                busyNanos = System.nanoTime();
                return sent;
            }
            long ready = Math.max(due, outcomes.sinceStart(busyNanos));
            send(new Request(outcomes, requests.next(), due, ready, now));
        }
        return SENT_AT_ONCE;
    }

    /** Waits for answers until the next request is due; a millisecond at least, as the selector takes no less. */
    private void await(Pace pace, long next, Outcomes outcomes) throws IOException {
        long now = outcomes.sinceStart(System.nanoTime());
        long left = pace.dueNanos(next, now) - now;
        if (left <= 0 && hasConnection(pace)) {
            selector.selectNow(this::onReady);
        } else {
            long millis = (left + MILLI_NANOS - 1) / MILLI_NANOS;
            selector.select(this::onReady, left <= 0 ? WAIT_MAX_MS : Math.min(millis, WAIT_MAX_MS));
        }
        tidy();
    }

    private boolean hasConnection(Pace pace) {
        return !free.isEmpty() || open < pace.connectionsMax();
    }

    private void send(Request request) {
        underWay++;
        LoadConnection connection = free.pollLast();
        try {
            if (connection == null) {
                connection = new LoadConnection(selector, from, address);
                open++;
                opened++;
            }
            connection.send(request);
        } catch (IOException e) {
            fail(request, e.toString());
            if (connection != null) {
                discard(connection);
            }
        }
    }

    private void onReady(SelectionKey key) {
        LoadConnection connection = connection(key);
        Request request = connection.request();
        try {
            if (connection.onReady(scratch) && request != null) {
                settle(connection, request);
            }
        } catch (IOException e) {
            if (request != null) {
                fail(request, e.toString());
            }
            free.remove(connection); // where it is when there is no request: then nothing is lost with it
            discard(connection);
        }
    }

    private void settle(LoadConnection connection, Request request) {
        AnswerParser answer = connection.answer();
        Outcome outcome = Outcome.of(answer.status(), answer::text);
        if (outcome == Outcome.FAILED) {
            fail(request, answer.text());
        } else {
            underWay--;
            request.settle(outcome);
            if (outcome == Outcome.ACCEPTED && onAccepted != null) {
                onAccepted.accept(answer.text());
            }
        }
        connection.answered();
        if (answer.closes()) {
            discard(connection);
        } else {
            free.addLast(connection);
        }
    }

    private void fail(Request request, String why) {
        failures.add(Findings.Kind.OTHER, why);
        underWay--;
        request.settle(Outcome.FAILED);
    }

    private void discard(LoadConnection connection) {
        connection.close();
        open--;
    }

    /** Gives up requests that are not answered, and connections that are not used. */
    private void tidy() {
        long now = System.nanoTime();
        if (now - tidiedNanos < SECOND_NANOS) {
            return;
        }
        tidiedNanos = now;
        for (SelectionKey key : selector.keys()) {
            if (!key.isValid()) {
                continue; // discarded; the selector forgets it later
            }
            LoadConnection connection = connection(key);
            Request request = connection.request();
            if (request != null && connection.isOverdue(now)) {
                fail(request, "no answer in time");
                discard(connection);
            } else if (request == null && connection.isUnused(now)) {
                free.remove(connection);
                discard(connection);
            }
        }
    }

    private static LoadConnection connection(SelectionKey key) {
        return (LoadConnection) key.attachment();
    }
}
