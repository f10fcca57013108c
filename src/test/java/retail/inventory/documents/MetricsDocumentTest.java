package retail.inventory.documents;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import retail.inventory.acceptance.PrometheusText;
import retail.inventory.acceptance.PrometheusText.Sample;
import retail.inventory.acceptance.RunningService;
import retail.inventory.documents.MetricsDocument.Series;

/** {@code docs/reference/metrics.md} lists what Prometheus gets, no more and no less, from each kind of process. */
class MetricsDocumentTest {

    private static final String LIBRARIES = "Of the libraries";
    private static final String LOCKS = "Several processes on one directory";
    private static final String CHANGES = "Changes";
    private static final String LOG = "The log";
    private static final String RECORDS = "The records of the stores";
    private static final String CENTRAL = "The central view";

    private static final Pattern OURS = Pattern.compile("(?:inventory|http_server)_.*");
    private static final Pattern NAMED = Pattern.compile("\\b(?:inventory|http_server|resilience4j)(?:_[a-z0-9]+)+");
    private static final Pattern PART = Pattern.compile("_(?:bucket|sum|count)$");

    /** One process, with everything that can be switched on. */
    @Nested
    class AllRoles {

        @RegisterExtension
        static final RunningService SERVICE =
                new RunningService("--inventory.admission.rate-limit-rps=0", "--inventory.disk.locks-enabled=true");

        @Test
        void hasExactlyTheSeriesOfTheDocument() throws IOException {
            requireDocumented(SERVICE, List.of(LIBRARIES));
        }

        @Test
        void hasExactlyTheTagValuesOfTheDocument() throws IOException {
            Map<String, Map<String, Set<String>>> values = values(scrape(SERVICE));
            MetricsDocument.read()
                    .without(List.of(LIBRARIES))
                    .forEach((name, series) -> series.tags().forEach((tag, listed) -> {
                        if (!listed.isEmpty()) {
                            assertThat(requireNonNull(values.get(name)).get(tag))
                                    .as("%s of %s", tag, name)
                                    .isEqualTo(listed);
                        }
                    }));
        }

        @Test
        void namesSeriesOfTheLibrariesThatExist() throws IOException {
            Map<String, Series> libraries =
                    requireNonNull(MetricsDocument.read().sections().get(LIBRARIES));
            assertThat(libraries).isNotEmpty();
            assertThat(described(scrape(SERVICE))).containsAllEntriesOf(described(libraries));
        }

        /** Alarms and examples must not name what nobody measures. */
        @Test
        void hasEverySeriesThatADocumentNames() throws IOException {
            Set<String> known = described(scrape(SERVICE)).keySet();
            for (String document : List.of("docs/reference/metrics.md", "docs/guides/runbook.md", "run.md")) {
                Set<String> named = NAMED.matcher(Files.readString(Path.of(document)))
                        .results()
                        .map(found -> PART.matcher(found.group()).replaceAll(""))
                        .collect(Collectors.toCollection(TreeSet::new));
                assertThat(known).as("named in %s", document).containsAll(named);
            }
        }

        /** A catalogue, or a client that asks for anything, must not fill the monitoring. */
        @Test
        void hasNoSeriesForASkuOrAPath() throws IOException {
            SERVICE.get("/nowhere/NOBODY?at=all");
            SERVICE.get("/stores/NOBODY/inventory/NOBODY");
            SERVICE.adjust("NOBODY", "NOBODY", 1, "Idempotency-Key", "NOBODY");
            SERVICE.adjust("NOBODY", "NOBODY ", 1);
            assertThat(scrape(SERVICE).samples())
                    .allSatisfy(
                            sample -> assertThat(sample.tags().values()).noneMatch(value -> value.contains("NOBODY")));
        }
    }

    /** One that takes the changes. */
    @Nested
    class Api {

        @RegisterExtension
        static final RunningService SERVICE = new RunningService("--inventory.role=api");

        @Test
        void hasExactlyTheSeriesOfTheDocument() throws IOException {
            requireDocumented(SERVICE, List.of(LIBRARIES, LOCKS, CENTRAL));
        }
    }

    /** One that has the central view. */
    @Nested
    class Worker {

        @RegisterExtension
        static final RunningService SERVICE = new RunningService("--inventory.role=worker");

        @Test
        void hasExactlyTheSeriesOfTheDocument() throws IOException {
            requireDocumented(SERVICE, List.of(LIBRARIES, LOCKS, CHANGES, LOG, RECORDS));
        }
    }

    private static void requireDocumented(RunningService service, List<String> without) throws IOException {
        MetricsDocument document = MetricsDocument.read();
        assertThat(document.sections()).containsKeys(without.toArray(String[]::new));
        Map<String, String> actual = described(scrape(service));
        actual.keySet().removeIf(name -> !OURS.matcher(name).matches());
        assertThat(actual).containsExactlyInAnyOrderEntriesOf(described(document.without(without)));
    }

    /** A request is measured when it has ended, so one has to be there before. */
    private static PrometheusText scrape(RunningService service) {
        service.get("/health/liveness");
        return PrometheusText.of(service);
    }

    private static Map<String, String> described(Map<String, Series> series) {
        Map<String, String> described = new TreeMap<>();
        series.forEach((name, one) ->
                described.put(name, one.type() + " " + new TreeSet<>(one.tags().keySet())));
        return described;
    }

    /** Type and tags of each series by its name; all samples of one have the same tags. */
    private static Map<String, String> described(PrometheusText text) {
        Map<String, String> described = new TreeMap<>();
        values(text)
                .forEach((name, tags) ->
                        described.put(name, text.types().get(name) + " " + new TreeSet<>(tags.keySet())));
        assertThat(described.keySet()).isEqualTo(text.types().keySet());
        return described;
    }

    /** The values of each tag of each series. */
    private static Map<String, Map<String, Set<String>>> values(PrometheusText text) {
        Map<String, Map<String, Set<String>>> values = new TreeMap<>();
        for (Sample sample : text.samples()) {
            Map<String, Set<String>> tags = values.computeIfAbsent(family(sample, text), name -> new TreeMap<>());
            sample.tags().forEach((tag, value) -> {
                if (!tag.equals("le")) {
                    tags.computeIfAbsent(tag, name -> new TreeSet<>()).add(value);
                }
            });
        }
        return values;
    }

    private static String family(Sample sample, PrometheusText text) {
        return Stream.of(sample.name(), PART.matcher(sample.name()).replaceAll(""))
                .filter(text.types()::containsKey)
                .findFirst()
                .orElseThrow(() -> new AssertionError("a sample without a type: " + sample));
    }
}
