package retail.inventory.lab;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import retail.inventory.lab.Findings.Kind;

/**
 * How many requests were answered how, and whether the service may answer so. What it was that clients were told is in their
 * history. Safe for several threads.
 */
public final class Tally {

    public static final String OUTCOME_UNKNOWN = "outcome-unknown";
    public static final String READ_ONLY = "read-only";

    private static final Set<String> BY_THE_RULES = Set.of(
            "insufficient-stock",
            "version-conflict",
            "above-maximum",
            "unknown-sku",
            "unknown-store",
            "hold-expired",
            "unknown-hold",
            "idempotency-key-reused");
    private static final Set<String> FAILING_DISK = Set.of(READ_ONLY, OUTCOME_UNKNOWN, "overloaded");
    private static final int RECENT = 15;

    private final Findings findings;
    private final Set<String> refusalsOfWrites;
    private final Set<String> refusalsOfReads;
    private final Map<String, Integer> refusals = new TreeMap<>();
    private final Deque<Sent> recent = new ArrayDeque<>();
    private long acknowledged;
    private long reads;
    private long withoutAnswer;
    private long sequence;
    private long latestSentNanos;

    /** An order with a key that was accepted. */
    public record Sent(Order order, Answer answer) {}

    /**
     * Begins with nothing.
     *
     * @param refusalsOfWrites problems that promise nothing, so that a write may be answered so
     * @param refusalsOfReads the same for a read
     */
    public Tally(Findings findings, Set<String> refusalsOfWrites, Set<String> refusalsOfReads) {
        this.findings = findings;
        this.refusalsOfWrites = refusalsOfWrites;
        this.refusalsOfReads = refusalsOfReads;
    }

    /** One for which every honest reason will do. */
    public static Tally honest(Findings findings) {
        return new Tally(
                findings,
                Set.of("stopping", "locked", "overloaded", "starting", READ_ONLY, OUTCOME_UNKNOWN),
                Set.of("stopping", "overloaded", "starting", "behind", "unreadable", "unknown-sku", "unknown-store"));
    }

    /** One for a service whose disk fails: only changes may be refused, and what is not there yet be absent. */
    public static Tally failingDisk(Findings findings) {
        return new Tally(findings, FAILING_DISK, Set.of("unknown-sku", "unknown-store"));
    }

    /** One for a service that ends: whether what it says is absent was there before, the history is asked. */
    public static Tally outages(Findings findings) {
        return new Tally(
                findings,
                FAILING_DISK,
                Set.of("overloaded", "unreadable", "behind", READ_ONLY, "unknown-sku", "unknown-store"));
    }

    synchronized void answered(Order order, long sentNanos, Answer answer) {
        answered(order.toString(), sentNanos, answer);
        if (answer.accepted() && order.key() != null) {
            recent.addLast(new Sent(order, answer));
            if (recent.size() > RECENT) {
                recent.removeFirst();
            }
        }
    }

    synchronized void answered(String write, long sentNanos, Answer answer) {
        String problem = answer.problem();
        if (answer.accepted()) {
            acknowledged++;
            sequence = Math.max(sequence, answer.number("sequence"));
            if (acknowledged == 1 || sentNanos - latestSentNanos > 0) {
                latestSentNanos = sentNanos;
            }
        } else if (refusalsOfWrites.contains(problem)) {
            refusals.merge(problem, 1, Integer::sum);
            withoutAnswer += problem.equals(OUTCOME_UNKNOWN) ? 1 : 0;
        } else {
            findings.require(BY_THE_RULES.contains(problem), Kind.WRONG_ANSWER, write + " was answered by " + answer);
        }
    }

    synchronized void unanswered() {
        withoutAnswer++;
    }

    synchronized void read(String what, Answer answer) {
        reads++;
        findings.require(
                answer.status() == 200 || refusalsOfReads.contains(answer.problem()),
                Kind.FAILED_READ,
                what + " was answered by " + answer);
    }

    /** How many writes were accepted. */
    public synchronized long acknowledged() {
        return acknowledged;
    }

    /** How many reads were answered. */
    public synchronized long reads() {
        return reads;
    }

    /** How many writes had no answer that says whether they are done. */
    public synchronized long withoutAnswer() {
        return withoutAnswer;
    }

    /** The latest place in the log of a write that was accepted. */
    public synchronized long sequence() {
        return sequence;
    }

    /** Whether a write was accepted that was sent after a moment. */
    public synchronized boolean acceptedSentAfter(long nanos) {
        return acknowledged > 0 && latestSentNanos - nanos > 0;
    }

    /** How many writes were refused with which problem. */
    public synchronized Map<String, Integer> refusals() {
        return new TreeMap<>(refusals);
    }

    /** How many writes were refused with a problem. */
    public synchronized int refusals(String problem) {
        return refusals.getOrDefault(problem, 0);
    }

    synchronized List<Sent> recent() {
        return List.copyOf(recent);
    }
}
