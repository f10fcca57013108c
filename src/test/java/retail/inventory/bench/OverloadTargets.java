package retail.inventory.bench;

import java.io.PrintStream;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import retail.inventory.lab.Outcome;
import retail.inventory.lab.Outcomes;
import retail.inventory.lab.Outcomes.Second;

/** Holds an overload against its targets and prints which were met. */
record OverloadTargets(PrintStream out) {

    private static final double GOODPUT_MIN = 0.8;
    private static final double REJECTED_P99_MILLIS_MAX = 50;
    private static final int NORMAL_SECONDS_MAX = 10;
    private static final double HEAP_MAX = 1.3;
    /** A second is normal when its p99 is at most so many times the usual one. */
    private static final double NORMAL_TIMES = 3;
    /** Or at most this: a few times of nearly nothing is still nothing. */
    private static final double NORMAL_MILLIS = 20;

    /** Judges phases, of which the first is below the peak, the last but one the overload, and the last what follows. */
    void judge(List<LoadTable.Phase> phases, double peak) {
        LoadTable.Phase usual = phases.getFirst();
        Outcomes overload = phases.get(phases.size() - 2).outcomes();
        LoadTable.Phase after = phases.getLast();
        double goodput = overload.perSecond(Outcome.ACCEPTED) / peak;
        print(
                goodput >= GOODPUT_MIN,
                "goodput",
                String.format(
                        "%.2f of the peak in the overload, when %.2f times the peak was offered (target: at least %.2f)",
                        goodput, overload.sentPerSecond() / peak, GOODPUT_MIN));
        OptionalDouble rejected = overload.millisAt(99, Outcome.REJECTED);
        print(
                rejected.orElse(Double.NaN) < REJECTED_P99_MILLIS_MAX,
                "rejections",
                rejected.isEmpty()
                        ? "there was none in the overload"
                        : String.format(
                                "p99 %.1f ms in the overload (target: below %.0f)",
                                rejected.getAsDouble(), REJECTED_P99_MILLIS_MAX));
        judgeRecovery(
                usual.outcomes().millisAt(99, Outcome.ACCEPTED).orElse(0),
                after.outcomes().seconds());
        double heap = after.heapMib().orElse(Double.NaN) / usual.heapMib().orElse(Double.NaN);
        print(
                heap <= HEAP_MAX,
                "heap",
                String.format("%.2f of that after the first phase (target: at most %.2f)", heap, HEAP_MAX));
    }

    /** Compares the writes that were accepted with those that are stored. */
    void judgeBalance(long accepted, long unknown, long stored) {
        long lost = Math.max(0, accepted - stored);
        long extra = Math.max(0, stored - accepted - unknown);
        print(
                lost == 0 && extra == 0,
                "nothing lost",
                String.format(
                        "%,d writes accepted since the start, %,d of unknown outcome, %,d stored: %,d lost, %,d extra",
                        accepted, unknown, stored, lost, extra));
    }

    private void judgeRecovery(double usualP99Millis, List<Second> after) {
        double millisMax = Math.max(NORMAL_MILLIS, NORMAL_TIMES * usualP99Millis);
        OptionalInt seconds = backToNormalAfter(after, millisMax);
        print(
                seconds.orElse(Integer.MAX_VALUE) <= NORMAL_SECONDS_MAX,
                "back to normal",
                String.format(
                        "%s %d s (target: %d s): from then on all were accepted, with a p99 of at most %.1f ms each second",
                        seconds.isPresent() ? "after" : "not within",
                        seconds.orElse(after.size()),
                        NORMAL_SECONDS_MAX,
                        millisMax));
    }

    private void print(boolean met, String target, String text) {
        out.printf("%-6s  %-14s  %s%n", met ? "met" : "MISSED", target, text);
    }

    /** After how many seconds all that follow are normal; empty when the last one is not. */
    static OptionalInt backToNormalAfter(List<Second> seconds, double p99MillisMax) {
        int normalFrom = seconds.size();
        while (normalFrom > 0 && isNormal(seconds.get(normalFrom - 1), p99MillisMax)) {
            normalFrom--;
        }
        return normalFrom == seconds.size() ? OptionalInt.empty() : OptionalInt.of(normalFrom);
    }

    private static boolean isNormal(Second second, double p99MillisMax) {
        return second.notAccepted() == 0 && second.p99Millis().orElse(Double.NaN) <= p99MillisMax;
    }
}
