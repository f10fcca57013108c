package retail.inventory.bench;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Medians by load and contender, printed as a table, with the first contender's ratio to each of the others. */
final class ThroughputTable {

    private final Map<StockLoad, Map<Contender.Kind, Measured>> medians = new EnumMap<>(StockLoad.class);

    void add(StockLoad load, Map<Contender.Kind, Measured> ofContenders) {
        medians.put(load, new EnumMap<>(ofContenders));
    }

    /** The first one's rate over another one's, by {@code load.contender}. */
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        medians.forEach((load, all) -> all.entrySet().stream()
                .skip(1)
                .forEach(other -> ratios.put(
                        name(load) + "." + other.getKey().name().toLowerCase(Locale.ROOT),
                        ratio(all, other.getValue()))));
        return ratios;
    }

    /** As a table of Markdown. */
    void print(PrintStream out) {
        out.printf("%n| load | who | answers/s | CPU µs each | first / this |%n|---|---|--:|--:|--:|%n");
        medians.forEach((load, all) -> all.forEach((kind, measured) -> out.printf(
                Locale.ROOT,
                "| %s | %s | %,.0f | %.0f | %.3f |%n",
                load.title(),
                kind.title(),
                measured.perSecond(),
                measured.cpuMicros(),
                ratio(all, measured))));
    }

    private static String name(StockLoad load) {
        return load.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double ratio(Map<Contender.Kind, Measured> all, Measured measured) {
        return first(all).perSecond() / measured.perSecond();
    }

    private static Measured first(Map<Contender.Kind, Measured> all) {
        return all.values().iterator().next();
    }
}
