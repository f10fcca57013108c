package retail.inventory.bench;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.openjdk.jmh.util.ListStatistics;

/**
 * What was measured by load and contender, printed as a table: medians of all rounds, with the first contender's ratio to
 * each of the others. When there were several starts, also the mean of the ratios of each start with its standard error,
 * for a difference of a few percent that chance could hide or make.
 */
final class ThroughputTable {

    /** By so much a ratio may fall below the recorded one. */
    private static final double FALL_MAX = 0.15;

    private static final String HOLD_TO_ADJUST = "hold.adjust-many";

    private final int rounds;
    private final Map<StockLoad, Map<Contender.Kind, List<Measured>>> byLoad = new EnumMap<>(StockLoad.class);

    /**
     * What a load came to.
     *
     * @param perSecond answers per second, refusals for want of stock included
     * @param cpuMicros CPU time per request, in microseconds, all threads and child processes
     */
    record Measured(double perSecond, double cpuMicros) {

        /** The one in the middle by its rate; the lower one of the two in the middle when their number is even. */
        static Measured median(List<Measured> all) {
            return all.stream()
                    .sorted(Comparator.comparingDouble(Measured::perSecond))
                    .toList()
                    .get((all.size() - 1) / 2);
        }
    }

    /**
     * The mean of two ratios or more that were measured independently of each other, and its standard error: two times out of
     * three the true one is no farther away, nineteen out of twenty no farther than twice this.
     */
    static String mean(List<Double> ratios) {
        ListStatistics statistics = new ListStatistics(
                ratios.stream().mapToDouble(Double::doubleValue).toArray());
        double error = statistics.getStandardDeviation() / Math.sqrt((double) statistics.getN());
        return String.format(Locale.ROOT, "%.3f ± %.3f", statistics.getMean(), error);
    }

    /** With so many rounds in each start. */
    ThroughputTable(int rounds) {
        this.rounds = rounds;
    }

    /** The rounds come in the order in which they were. */
    void add(StockLoad load, Contender.Kind contender, Measured round) {
        byLoad.computeIfAbsent(load, _ -> new EnumMap<>(Contender.Kind.class))
                .computeIfAbsent(contender, _ -> new ArrayList<>())
                .add(round);
    }

    /** The first one's rate over another one's, by {@code load.contender}. */
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        byLoad.forEach((load, all) -> all.entrySet().stream()
                .skip(1)
                .forEach(other -> ratios.put(
                        load + "." + other.getKey().name().toLowerCase(Locale.ROOT),
                        ratio(first(all), other.getValue()))));
        if (byLoad.containsKey(StockLoad.HOLD) && byLoad.containsKey(StockLoad.ADJUST_MANY)) {
            ratios.put(HOLD_TO_ADJUST, ratio(first(StockLoad.HOLD), first(StockLoad.ADJUST_MANY)));
        }
        return ratios;
    }

    /** Says of each ratio that has a recorded one how it compares; true when none fell too far. */
    static boolean holds(Map<String, Double> ratios, Path recorded, PrintStream out) throws IOException {
        Properties before = new Properties();
        try (Reader reader = Files.newBufferedReader(recorded)) {
            before.load(reader);
        }
        boolean holds = true;
        for (String name : ratios.keySet()) {
            if (before.containsKey(name)) {
                double ratio = ratios.get(name);
                double least = Double.parseDouble(before.getProperty(name)) * (1 - FALL_MAX);
                holds &= ratio >= least;
                out.printf(
                        Locale.ROOT,
                        "%-24s %.2f, recorded %s, at least %.2f: %s%n",
                        name,
                        ratio,
                        before.getProperty(name),
                        least,
                        ratio < least ? "FELL" : "ok");
            }
        }
        return holds;
    }

    /** As a table of Markdown. */
    void print(PrintStream out) {
        out.printf("%n| load | who | answers/s | CPU µs each | first / this | mean of starts |%n");
        out.printf("|---|---|--:|--:|--:|--:|%n");
        byLoad.forEach((load, all) -> all.forEach((kind, measured) -> {
            Measured median = Measured.median(measured);
            out.printf(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %.1f | %.3f | %s |%n",
                    load.title(),
                    kind.title(),
                    median.perSecond(),
                    median.cpuMicros(),
                    ratio(first(all), measured),
                    meanOfStarts(first(all), measured));
        }));
        out.println();
        if (ratios().containsKey(HOLD_TO_ADJUST)) {
            out.printf(
                    Locale.ROOT,
                    "hold ÷ adjust: %.3f %s%n",
                    ratios().get(HOLD_TO_ADJUST),
                    meanOfStarts(first(StockLoad.HOLD), first(StockLoad.ADJUST_MANY)));
        }
        if (byLoad.containsKey(StockLoad.BASKET)) {
            double requests = Measured.median(first(StockLoad.BASKET)).perSecond();
            out.printf(
                    Locale.ROOT,
                    "baskets: %,.0f lines/s placed, and as many released%n",
                    requests / 2 * StockLoad.LINES);
        }
    }

    private static double ratio(List<Measured> first, List<Measured> other) {
        return Measured.median(first).perSecond() / Measured.median(other).perSecond();
    }

    private String meanOfStarts(List<Measured> first, List<Measured> other) {
        List<Double> ratios = new ArrayList<>();
        for (int from = 0; from < first.size(); from += rounds) {
            ratios.add(ratio(first.subList(from, from + rounds), other.subList(from, from + rounds)));
        }
        return ratios.size() < 2 ? "" : mean(ratios);
    }

    private List<Measured> first(StockLoad load) {
        return first(requireNonNull(byLoad.get(load)));
    }

    private static List<Measured> first(Map<Contender.Kind, List<Measured>> all) {
        return all.values().iterator().next();
    }
}
