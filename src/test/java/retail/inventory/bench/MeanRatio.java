package retail.inventory.bench;

import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.util.ListStatistics;

/**
 * The mean of ratios that were measured independently of each other.
 *
 * @param error its standard error: two times out of three the true one is no farther away, nineteen out of twenty no
 *     farther than twice this
 */
record MeanRatio(double mean, double error) {

    /** Of two ratios at least. */
    static MeanRatio of(List<Double> ratios) {
        ListStatistics statistics = new ListStatistics(
                ratios.stream().mapToDouble(Double::doubleValue).toArray());
        return new MeanRatio(
                statistics.getMean(), statistics.getStandardDeviation() / Math.sqrt((double) statistics.getN()));
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.3f ± %.3f", mean, error);
    }
}
