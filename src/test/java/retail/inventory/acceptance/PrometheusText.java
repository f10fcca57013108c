package retail.inventory.acceptance;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus gets to read.
 *
 * @param types the type of each family of series by its name
 * @param samples all values, in order
 */
public record PrometheusText(Map<String, String> types, List<Sample> samples) {

    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-z0-9_]+) ([a-z]+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z0-9_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern TAG = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    /** One value of a series. */
    public record Sample(String name, Map<String, String> tags, double value) {}

    /** Reads the text format; what it does not know is an error. */
    public static PrometheusText of(String text) {
        Map<String, String> types = new TreeMap<>();
        List<Sample> samples = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
            } else if (sample.matches()) {
                samples.add(new Sample(sample.group(1), tags(sample.group(2)), value(sample.group(3))));
            } else if (!line.startsWith("# HELP ")) {
                throw new AssertionError("neither type nor sample: " + line);
            }
        }
        return new PrometheusText(types, samples);
    }

    /** What a running service says now. */
    public static PrometheusText of(RunningService service) {
        return of(textOf(service));
    }

    /** The same as text, and of this moment: what the service answers may be a second old. */
    static String textOf(RunningService service) {
        return service.bean(PrometheusMeterRegistry.class).scrape();
    }

    /** The value of a series with these tags, names and values in turn; there must be exactly one. */
    public double value(String name, String... tags) {
        List<Sample> found = samples.stream()
                .filter(sample -> sample.name().equals(name) && sample.tags().equals(map(tags)))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError(name + List.of(tags) + " is " + found);
        }
        return found.getFirst().value();
    }

    private static Map<String, String> map(String... tags) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < tags.length; i += 2) {
            map.put(tags[i], tags[i + 1]);
        }
        return map;
    }

    private static Map<String, String> tags(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        TAG.matcher(text == null ? "" : text).results().forEach(tag -> tags.put(tag.group(1), tag.group(2)));
        return tags;
    }

    private static double value(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }
}
