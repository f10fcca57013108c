package retail.inventory.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured by load and contender, printed as a table: medians of all rounds, with the first contender's ratio to
 * each of the others. When there were several starts, also the mean of the ratios of each start with its standard error,
 * for a difference of a few percent that chance could hide or make.
 */
final class ThroughputTable {

    private final int rounds;
    private final Map<StockLoad, Map<Contender.Kind, List<Measured>>> byLoad = new EnumMap<>(StockLoad.class);

    /** With so many rounds in each start. */
    ThroughputTable(int rounds) {
        this.rounds = rounds;
    }

    /** Of each contender all rounds, in the order in which they were. */
    void add(StockLoad load, Map<Contender.Kind, List<Measured>> ofContenders) {
        byLoad.put(load, new EnumMap<>(ofContenders));
    }

    /** The first one's rate over another one's, by {@code load.contender}. */
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        byLoad.forEach((load, all) -> all.entrySet().stream()
                .skip(1)
                .forEach(other -> ratios.put(
                        name(load) + "." + other.getKey().name().toLowerCase(Locale.ROOT),
                        ratio(first(all), other.getValue()))));
        return ratios;
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
    }

    private static String name(StockLoad load) {
        return load.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double ratio(List<Measured> first, List<Measured> other) {
        return Measured.median(first).perSecond() / Measured.median(other).perSecond();
    }

    private String meanOfStarts(List<Measured> first, List<Measured> other) {
        List<Double> ratios = new ArrayList<>();
        for (int from = 0; from < first.size(); from += rounds) {
            ratios.add(ratio(first.subList(from, from + rounds), other.subList(from, from + rounds)));
        }
        return ratios.size() < 2 ? "" : MeanRatio.of(ratios).toString();
    }

    private static List<Measured> first(Map<Contender.Kind, List<Measured>> all) {
        return all.values().iterator().next();
    }
}
