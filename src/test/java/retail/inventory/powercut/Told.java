package retail.inventory.powercut;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import retail.inventory.faults.Findings;
import retail.inventory.faults.Findings.Kind;
import retail.inventory.process.Client.Reply;

/** All that clients were told since the disk was empty, which has to stay true. Safe for several threads. */
final class Told {

    private static final String PROBLEM = "urn:inventory:problem:";
    private static final String OUTCOME_UNKNOWN = PROBLEM + "outcome-unknown";

    /** Answers that promise nothing: what a failing disk and a full queue are for. */
    private static final Set<String> PROMISE_NOTHING =
            Set.of(PROBLEM + "read-only", PROBLEM + "overloaded", PROBLEM + "unreadable", PROBLEM + "behind");

    private static final Set<String> NOT_THERE_YET = Set.of(PROBLEM + "unknown-sku", PROBLEM + "unknown-store");

    private final Findings findings;
    private final List<Ack> acks = new ArrayList<>();
    private final List<Order> unknown = new ArrayList<>();
    private final Map<String, Long> quantities = new HashMap<>();
    private final Map<String, Long> knownSince = new HashMap<>();
    private final Map<Long, String> eventIds = new HashMap<>();
    private long sequence;
    private long reads;
    private long withoutAnswer;

    Told(Findings findings) {
        this.findings = findings;
    }

    /** A change that a client was told is done, and how. */
    record Ack(Order order, Reply reply) {

        String eventId() {
            return reply.text("eventId");
        }
    }

    /** A write that was sent at a moment was answered. */
    synchronized void answered(Order order, long sentNanos, Reply reply) {
        String type = reply.text("type");
        if (reply.status() < 300) {
            acks.add(new Ack(order, reply));
            shown(order.place(), reply.number("version"), reply.number("qty"));
            event(reply.number("sequence"), reply.text("eventId"));
        } else if (type.equals(OUTCOME_UNKNOWN)) {
            unanswered(order);
        } else if (type.equals(PROBLEM + "insufficient-stock")) {
            shown(order.place(), reply.number("currentVersion"), reply.number("available"));
        } else if (type.equals(PROBLEM + "version-conflict")) {
            shown(order.place(), reply.number("currentVersion"), reply.number("currentQty"));
        } else if (!PROMISE_NOTHING.contains(type)) {
            missing(order.place(), sentNanos, reply);
        }
    }

    /** A write may be done or not. */
    synchronized void unanswered(Order order) {
        unknown.add(order);
        withoutAnswer++;
    }

    /** Something was asked for at a moment and answered; whether the answer has content. */
    synchronized boolean read(@Nullable String place, long sentNanos, Reply reply) {
        reads++;
        if (reply.status() == 200) {
            return true;
        }
        if (!PROMISE_NOTHING.contains(reply.text("type"))) {
            missing(place, sentNanos, reply);
        }
        return false;
    }

    /** What is not there yet must not have been known when it was asked for. */
    private void missing(@Nullable String place, long sentNanos, Reply reply) {
        boolean absent = NOT_THERE_YET.contains(reply.text("type"));
        findings.require(absent, Kind.WRONG_ANSWER, place + " was answered " + reply);
        Long since = place == null ? null : knownSince.get(place);
        if (absent && since != null && since - sentNanos < 0) {
            findings.add(Kind.VANISHED, place + " was there, then it was answered " + reply);
        }
    }

    /** Somebody was shown a version of a record; 0 stands for none. */
    synchronized void shown(String place, long version, long qty) {
        if (version == 0) {
            return;
        }
        knownSince.putIfAbsent(place, System.nanoTime());
        Long other = quantities.put(atVersion(place, version), qty);
        if (other != null && other != qty) {
            findings.add(Kind.VANISHED, place + " version " + version + " was " + other + ", then " + qty);
        }
    }

    /** Somebody was shown which event has a sequence. */
    synchronized void event(long number, String eventId) {
        durable(number);
        String other = eventIds.put(number, eventId);
        if (other != null && !other.equals(eventId)) {
            findings.add(Kind.VANISHED, "event " + number + " was " + other + ", then " + eventId);
        }
    }

    /** Somebody was told that the log goes this far. */
    synchronized void durable(long number) {
        sequence = Math.max(sequence, number);
    }

    static String atVersion(String place, long version) {
        return place + "@" + version;
    }

    synchronized List<Ack> acks() {
        return List.copyOf(acks);
    }

    synchronized int acknowledged() {
        return acks.size();
    }

    /** Orders that may be done or not. */
    synchronized List<Order> unknown() {
        return List.copyOf(unknown);
    }

    /** An order that had no answer is sent again, so that it will have one. */
    synchronized void settled(Order order) {
        unknown.remove(order);
    }

    /** Each quantity that was shown, by place and version. */
    synchronized Map<String, Long> quantities() {
        return Map.copyOf(quantities);
    }

    /** The ids of the events that were shown, by sequence. */
    synchronized Map<Long, String> eventIds() {
        return Map.copyOf(eventIds);
    }

    /** How far the log must go. */
    synchronized long sequence() {
        return sequence;
    }

    /** How many writes had no answer that says whether they are done. */
    synchronized long withoutAnswer() {
        return withoutAnswer;
    }

    synchronized long reads() {
        return reads;
    }
}
