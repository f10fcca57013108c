package retail.inventory.faults;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import retail.inventory.faults.Findings.Kind;
import retail.inventory.process.Client.Reply;

/** All that the service told its clients, which it has to keep to whatever happens. Safe for several threads. */
final class Told {

    static final String OUTCOME_UNKNOWN = "outcome-unknown";
    static final String READ_ONLY = "read-only";

    /** The problems that a client can trust when the disk fails: it knows what to do. */
    private static final Set<String> HONEST = Set.of(READ_ONLY, OUTCOME_UNKNOWN, "overloaded");

    private static final String PROBLEM = "urn:inventory:problem:";

    private final Findings findings;
    private final List<Ack> acks = new ArrayList<>();
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final Map<String, Long> quantities = new HashMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Map<Long, String> fed = new HashMap<>();
    private @Nullable Ack latestSent;

    Told(Findings findings) {
        this.findings = findings;
    }

    /** A change that a client wants, under one idempotency key until it is acknowledged. */
    record Order(String store, String sku, long delta, String key) {

        String place() {
            return store + "/" + sku;
        }
    }

    /**
     * A change that a client was told is done.
     *
     * @param life of which start of the service
     * @param sentNanos when it was asked for, the last time
     */
    record Ack(int life, Order order, long sentNanos, String eventId, long version, long qty, long sequence) {}

    /** Takes the answer to an order; whether that is the end of it. */
    synchronized boolean answered(int life, Order order, long sentNanos, Reply reply) {
        if (reply.status() < 300) {
            Ack ack = new Ack(
                    life,
                    order,
                    sentNanos,
                    reply.text("eventId"),
                    reply.number("version"),
                    reply.number("qty"),
                    reply.number("sequence"));
            acks.add(ack);
            if (latestSent == null || latestSent.sentNanos() < sentNanos) {
                latestSent = ack;
            }
            return true;
        }
        String problem = problem(reply);
        if (reply.status() == 503 && HONEST.contains(problem)) {
            refusals.merge(problem, 1, Integer::sum);
        } else {
            findings.add(Kind.WRONG_ANSWER, order + " was answered " + reply);
        }
        return false;
    }

    private static String problem(Reply reply) {
        String type = reply.text("type");
        return type.startsWith(PROBLEM) ? type.substring(PROBLEM.length()) : type;
    }

    /** A reader saw a record, after all that it saw before. */
    synchronized void read(String place, long version, long qty) {
        Long before = versions.put(place, version);
        if (before != null && before > version) {
            findings.add(Kind.VANISHED, place + " was read at version " + before + ", then at " + version);
        }
        Long other = quantities.put(atVersion(place, version), qty);
        if (other != null && other != qty) {
            findings.add(Kind.VANISHED, place + " version " + version + " was " + other + ", then " + qty);
        }
    }

    /** The feed showed an event. */
    synchronized void fed(long sequence, String eventId) {
        String other = fed.put(sequence, eventId);
        if (other != null && !other.equals(eventId)) {
            findings.add(Kind.VANISHED, "the feed's event " + sequence + " was " + other + ", then " + eventId);
        }
    }

    static String atVersion(String place, long version) {
        return place + "@" + version;
    }

    /** The highest sequence of an acknowledged order. */
    synchronized long sequence() {
        return acks.stream().mapToLong(Ack::sequence).max().orElse(0);
    }

    /** The acknowledged order that was sent last, if that was after a moment. */
    synchronized @Nullable Ack ackSentAfter(long nanos) {
        return latestSent == null || latestSent.sentNanos() - nanos <= 0 ? null : latestSent;
    }

    synchronized List<Ack> acks() {
        return List.copyOf(acks);
    }

    /** How often orders were refused, by problem. */
    synchronized Map<String, Integer> refusals() {
        return new TreeMap<>(refusals);
    }

    /** Each quantity that was read, by place and version. */
    synchronized Map<String, Long> quantities() {
        return Map.copyOf(quantities);
    }

    /** The event ids of the feed by sequence. */
    synchronized Map<Long, String> feed() {
        return Map.copyOf(fed);
    }
}
