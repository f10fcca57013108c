package retail.inventory.operations;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What the panels of the dashboard would show of a run, as files that gnuplot reads: see {@code ops/grafana/draw}. */
final class PanelData {

    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    private final Prometheus prometheus;
    private final long fromSeconds;
    private final long toSeconds;

    /** Between two moments, in seconds since 1970. */
    PanelData(Prometheus prometheus, long fromSeconds, long toSeconds) {
        this.prometheus = prometheus;
        this.fromSeconds = fromSeconds;
        this.toSeconds = toSeconds;
    }

    /** Writes a file for each panel that is a curve over time, and {@code panels.tsv} which lists them. */
    void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        List<String> list = new ArrayList<>();
        for (JsonNode panel : OperationsFiles.panels()) {
            if (panel.get("type").asString().equals("timeseries")) {
                List<String> blocks = new ArrayList<>();
                for (JsonNode target : panel.get("targets")) {
                    blocks.addAll(blocks(target));
                }
                String file = panel.get("id").asInt() + ".dat";
                Files.writeString(directory.resolve(file), String.join("\n\n", blocks));
                list.add(String.join(
                        "\t",
                        file,
                        Integer.toString(blocks.size()),
                        panel.at("/fieldConfig/defaults/unit").asString(),
                        panel.get("title").asString()));
            }
        }
        Files.write(directory.resolve("panels.tsv"), list);
    }

    private List<String> blocks(JsonNode target) throws IOException {
        String expression = OperationsFiles.anyProcess(target.get("expr").asString(), "15s");
        JsonNode answer = prometheus.api("query_range?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)
                + "&start=" + fromSeconds + "&end=" + toSeconds + "&step=5");
        List<String> blocks = new ArrayList<>();
        for (JsonNode series : answer.get("result")) {
            StringBuilder block = new StringBuilder("\"" + legend(target, series) + "\"\n");
            for (JsonNode point : series.get("values")) {
                block.append(point.get(0).asLong() - fromSeconds)
                        .append(' ')
                        .append(point.get(1).asString())
                        .append('\n');
            }
            blocks.add(block.toString());
        }
        return blocks;
    }

    private static String legend(JsonNode target, JsonNode series) {
        Matcher labels = LABEL.matcher(target.get("legendFormat").asString());
        return labels.replaceAll(label -> Matcher.quoteReplacement(
                series.get("metric").path(label.group(1)).asString("")));
    }
}
