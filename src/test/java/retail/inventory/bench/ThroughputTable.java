package retail.inventory.bench;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Medians by load and contender, printed as a table, with the service's ratio to each of the others. */
final class ThroughputTable {

    private final Map<StockLoad, Map<Contender.Kind, Measured>> medians = new EnumMap<>(StockLoad.class);

    void add(StockLoad load, Map<Contender.Kind, Measured> ofContenders) {
        medians.put(load, new EnumMap<>(ofContenders));
    }

    /** The service's rate over another one's, by {@code load.contender}. */
    Map<String, Double> ratios() {
        Map<String, Double> ratios = new LinkedHashMap<>();
        medians.forEach((load, all) -> all.forEach((kind, measured) -> {
            if (kind != Contender.Kind.SERVICE) {
                ratios.put(name(load) + "." + kind.name().toLowerCase(Locale.ROOT), ratio(all, measured));
            }
        }));
        return ratios;
    }

    /** As a table of Markdown. */
    void print(PrintStream out) {
        out.printf("%n| load | who | answers/s | CPU µs each | service / this |%n|---|---|--:|--:|--:|%n");
        medians.forEach((load, all) -> all.forEach((kind, measured) -> out.printf(
                Locale.ROOT,
                "| %s | %s | %,.0f | %.0f | %.2f |%n",
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
        Measured service = all.get(Contender.Kind.SERVICE);
        if (service == null) {
            throw new IllegalStateException("the service was not measured");
        }
        return service.perSecond() / measured.perSecond();
    }
}
