package retail.inventory.acceptance;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import retail.inventory.acceptance.OlderDirectory.Amount;
import retail.inventory.acceptance.OlderDirectory.Keyed;
import retail.inventory.acceptance.OlderDirectory.Letter;
import retail.inventory.acceptance.OlderDirectory.Told;
import tools.jackson.databind.JsonNode;

/**
 * Data directories that earlier versions wrote and a {@code kill -9} left, with several segments, an archive, snapshots, open
 * idempotency keys, dead letters and inventory files behind the log: this version has the same numbers and goes on with them.
 */
@ParameterizedClass
@ValueSource(strings = {"file-per-store", "file-per-range"})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OlderDirectoriesTest {

    /** Its event had a type that nobody knew when it came, and has one now that can be read. */
    private static final String ONCE_UNKNOWN = "OF-A-NEW-TYPE";

    @RegisterExtension
    static final RunningService SERVICE =
            new RunningService("--inventory.admission.rate-limit-rps=0", "--inventory.central.audit-interval-ms=20");

    private final OlderDirectory written;

    OlderDirectoriesTest(String name) throws IOException {
        written = OlderDirectory.read(name);
    }

    @BeforeParameterizedClassInvocation
    static void opens(String name) throws IOException {
        SERVICE.stop();
        OlderDirectory.unpack(name, requireNonNull(SERVICE.file("wal").getParent()));
        SERVICE.start();
    }

    @Test
    @Order(1)
    void hasAllStock() {
        assertThat(durableSequence()).isEqualTo(written.durableSequence());
        assertThat(stock()).isEqualTo(written.stock());
    }

    @Test
    @Order(1)
    void showsItInTheCentralView() {
        SortedMap<String, SortedMap<String, Amount>> applied = new TreeMap<>(written.stock());
        applied.computeIfPresent("STORE001", (store, skus) -> {
            SortedMap<String, Amount> without = new TreeMap<>(skus);
            assertThat(without.remove(ONCE_UNKNOWN)).isNotNull();
            return without;
        });
        assertThat(central()).isEqualTo(applied);
    }

    @Test
    @Order(1)
    void tellsFollowersWhereTheLogBeginsAndAllThatIsInIt() {
        Reply gone = SERVICE.get("/events?after=0");
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.isProblem("events-gone")).isTrue();
        assertThat(gone.number("oldest")).isEqualTo(written.oldest());
        String logId = gone.text("logId");
        assertThat(logId).isEqualTo(written.logId() == null ? logId : written.logId());

        assertThat(feed()).isEqualTo(written.feed());
    }

    @Test
    @Order(1)
    void hasTheDeadLetters() {
        assertThat(letters()).isEqualTo(written.letters());
    }

    @Test
    @Order(1)
    void answersKeyedChangesAsBefore() {
        assertThat(written.keys()).hasSizeGreaterThan(40).allSatisfy(OlderDirectoriesTest::requireReplayed);
        assertThat(durableSequence()).isEqualTo(written.durableSequence());
    }

    private static void requireReplayed(Keyed keyed) {
        Reply again = SERVICE.post(keyed.path(), keyed.body().toString(), "Idempotency-Key", keyed.key());
        assertThat(again.status()).isEqualTo(keyed.status());
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        assertThat(again.json().properties()).containsAll(keyed.answer().properties());
    }

    @Test
    @Order(2)
    void appliesTheLetterThatCanBeReadNow() {
        Letter unknown = written.letters().getFirst();
        assertThat(unknown.sku()).isEqualTo(ONCE_UNKNOWN);
        assertThat(SERVICE.post("/dead-letters/" + unknown.id() + "/replay", "").status())
                .isEqualTo(200);
        assertThat(letters())
                .isEqualTo(written.letters().subList(1, written.letters().size()));
        assertThat(central()).isEqualTo(written.stock());
    }

    @Test
    @Order(3)
    void findsNoMismatch() {
        long skus = written.stock().values().stream().mapToLong(Map::size).sum();
        await().untilAsserted(() -> {
            JsonNode audit = SERVICE.get("/audit").json();
            assertThat(audit.path("mismatches").asLong()).as("%s", audit).isZero();
            assertThat(audit.path("checked").asLong()).isEqualTo(skus);
        });
    }

    @Test
    @Order(4)
    void goesOnWithTheNextSequenceAndVersions() {
        long sequence = written.durableSequence();
        for (String store : written.stock().keySet()) {
            SortedMap<String, Amount> skus = requireNonNull(written.stock().get(store));
            String sku = skus.lastKey();
            Amount before = requireNonNull(skus.get(sku));
            Reply changed = SERVICE.adjust(store, sku, 3);
            sequence++;
            assertThat(changed.number("sequence")).isEqualTo(sequence);
            assertThat(changed.number("version")).isEqualTo(before.version() + 1);
            assertThat(changed.number("qty")).isEqualTo(before.qty() + 3);
            assertThat(SERVICE.reserve(store, sku, 3).number("sequence")).isEqualTo(++sequence);
        }
        String taken = written.keys().getFirst().key();
        assertThat(SERVICE.adjust("STORE001", "NEW", 1, "Idempotency-Key", taken)
                        .isProblem("idempotency-key-reused"))
                .isTrue();
        assertThat(SERVICE.adjust("STORE001", "NEW", 1).number("version")).isEqualTo(1);
    }

    /** From the archive on, which has the form of the version that wrote it. */
    @Test
    @Order(5)
    void rebuildsAllOfItFromTheLog() throws IOException {
        SortedMap<String, SortedMap<String, Amount>> before = stock();
        SERVICE.stop();
        SERVICE.deleteFilesOf("inventory");
        SERVICE.start("--inventory.rebuild-central");

        assertThat(stock()).isEqualTo(before);
        assertThat(central()).isEqualTo(before);
        assertThat(written.keys()).allSatisfy(OlderDirectoriesTest::requireReplayed);
    }

    private static long durableSequence() {
        return SERVICE.get("/health/readiness").number("durableSequence");
    }

    private SortedMap<String, SortedMap<String, Amount>> stock() {
        SortedMap<String, SortedMap<String, Amount>> all = new TreeMap<>();
        for (String store : written.stock().keySet()) {
            SortedMap<String, Amount> skus = new TreeMap<>();
            @Nullable JsonNode next = null;
            do {
                JsonNode page = SERVICE.get("/stores/" + store + "/inventory?limit=1000"
                                + (next == null
                                        ? ""
                                        : "&after=" + next.asString().replace(" ", "%20")))
                        .json();
                page.path("records")
                        .forEach(record -> skus.put(record.path("sku").asString(), amount(record)));
                next = page.get("next");
            } while (next != null);
            all.put(store, skus);
        }
        return all;
    }

    private static SortedMap<String, SortedMap<String, Amount>> central() {
        SortedMap<String, SortedMap<String, Amount>> all = new TreeMap<>();
        JsonNode stores = SERVICE.get("/central/inventory?minSequence=" + durableSequence())
                .json()
                .path("inventory");
        stores.properties().forEach(store -> {
            SortedMap<String, Amount> skus = new TreeMap<>();
            store.getValue().properties().forEach(sku -> skus.put(sku.getKey(), amount(sku.getValue())));
            all.put(store.getKey(), skus);
        });
        return all;
    }

    private static Amount amount(JsonNode record) {
        return new Amount(record.path("qty").asLong(), record.path("version").asLong());
    }

    private List<Told> feed() {
        List<Told> all = new ArrayList<>();
        long after = written.oldest() - 1;
        while (after < written.durableSequence()) {
            JsonNode page = SERVICE.get("/events?limit=1000&after=" + after).json();
            page.path("events")
                    .forEach(event -> all.add(new Told(
                            event.path("sequence").asLong(),
                            event.path("eventId").asString(null),
                            event.path("type").asString())));
            after = page.path("next").asLong();
        }
        return all;
    }

    private static List<Letter> letters() {
        return StreamSupport.stream(
                        SERVICE.get("/dead-letters").json().path("letters").spliterator(), false)
                .map(letter -> new Letter(
                        letter.path("id").asLong(),
                        letter.path("reason").asString(),
                        letter.findPath("sku").asString()))
                .toList();
    }
}
