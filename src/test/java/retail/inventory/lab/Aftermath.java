package retail.inventory.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import retail.inventory.history.Facts;
import retail.inventory.history.Facts.Change;
import retail.inventory.history.Facts.Done;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.WrittenLog.Written;

/** Compares all that the clients of {@link Traffic} were told with what is there after a restart, while nobody writes. */
public final class Aftermath {

    private static final int SENT_AGAIN = 15;

    private final ClientRecord told;
    private final Findings findings;
    private final Random random;

    /** Knows what clients were told. */
    public Aftermath(ClientRecord told) {
        this.told = told;
        this.findings = told.findings();
        this.random = told.random();
    }

    /** Adds to the findings what differs; how many of the orders with a key that had no answer are not in the log. */
    public int check(RecordingClient client) throws IOException {
        WrittenLog log;
        try {
            log = WrittenLog.read(told.dataDir());
        } catch (AssertionError e) {
            findings.add(Kind.LOST, "the log contradicts itself: " + e.getMessage());
            return 0;
        }
        Facts facts = told.history().facts();
        checkAcknowledged(facts, log);
        checkShown(facts, log);
        checkFiles();
        int gone = new HoldAftermath(told, log).check(client);
        checkState(client, log);
        gone += settle(facts, client, log);
        sendAgain(facts, client);
        return gone;
    }

    private void checkAcknowledged(Facts facts, WrittenLog log) {
        log.repeatedKeys().forEach(key -> findings.add(Kind.OTHER, "the order with key " + key + " was done twice"));
        for (Change change : facts.acknowledged()) {
            Done done = Objects.requireNonNull(change.done());
            Written written = log.event(done.eventId());
            Written must = new Written(
                    done.sequence(),
                    done.eventId().toString(),
                    change.sku(),
                    change.delta(),
                    change.key(),
                    done.version(),
                    done.qty());
            findings.require(must.equals(written), Kind.LOST, change + " is in the log as " + written);
        }
        int most = facts.acknowledged().size() + facts.unknown().size();
        findings.require(
                log.size() <= most, Kind.OTHER, log.size() + " events, but only " + most + " orders can be done");
    }

    private void checkShown(Facts facts, WrittenLog log) {
        facts.quantities().forEach((state, qty) -> {
            Written written = log.states().get(state);
            findings.require(
                    written != null && written.qty() == qty,
                    Kind.VANISHED,
                    state + " was shown as " + qty + ", the log has " + written);
        });
        facts.events().forEach((sequence, id) -> {
            Written written = log.bySequence().get(sequence);
            findings.require(
                    written != null && id.equals(written.eventId()),
                    Kind.VANISHED,
                    "event " + sequence + " was " + id + ", the log has " + written);
        });
        findings.require(
                facts.durable() <= log.last(),
                Kind.VANISHED,
                "the log was said to go to " + facts.durable() + ", it goes to " + log.last());
    }

    private void checkFiles() throws IOException {
        Path letters = told.dataDir().resolve("dead-letter");
        try (Stream<Path> files = Files.walk(told.dataDir())) {
            files.filter(file -> file.toString().endsWith(".damaged")
                            || (file.startsWith(letters) && Files.isRegularFile(file)))
                    .forEach(file -> findings.add(Kind.OTHER, "there is a file " + file.getFileName()));
        }
    }

    /** What the service shows now is told as well: the next failure must not take it. */
    private void checkState(RecordingClient client, WrittenLog log) throws IOException {
        Map<String, Long> totals = new HashMap<>();
        for (String sku : Traffic.SKUS) {
            for (String store : Traffic.STORES) {
                Written written = log.latest().get(store + "/" + sku);
                Answer record = client.read(store, sku);
                boolean same = written == null
                        ? record.status() == 404
                        : record.status() == 200
                                && record.number("version") == written.version()
                                && record.number("qty") == written.qty();
                findings.require(same, Kind.LOST, store + "/" + sku + " is " + record + ", the log has " + written);
                if (written != null) {
                    totals.merge(sku, written.qty(), Long::sum);
                }
            }
        }
        for (String sku : Traffic.SKUS) {
            Answer central = client.client().get("/central/skus/" + sku + "?minSequence=" + log.last());
            Long total = totals.get(sku);
            boolean same = total == null
                    ? central.status() == 404
                    : central.status() == 200 && central.number("total") == total;
            findings.require(same, Kind.LOST, sku + " is " + total + " in the log, centrally " + central);
        }
        client.centralInventory();
        long next = client.feed(random.nextLong(log.last() + 1));
        long last = next <= log.last() ? next : WrittenLog.read(told.dataDir()).last(); // holds end meanwhile
        findings.require(next <= last, Kind.VANISHED, "the feed goes to " + next + ", the log to " + last);
    }

    /** The orders with a key that had no answer get one now, and are done once, whether they were done before or not. */
    private int settle(Facts facts, RecordingClient client, WrittenLog log) throws IOException {
        int gone = 0;
        for (Change change : facts.unknown()) {
            String key = change.key();
            if (key != null) {
                boolean done = log.keys().contains(key);
                gone += done ? 0 : 1;
                Answer answer = client.change(order(change));
                findings.require(
                        answer.replayed() == done,
                        Kind.WRONG_ANSWER,
                        change + (done ? " is" : " is not") + " in the log and is answered by " + answer);
            }
        }
        return gone;
    }

    /** The first answer, and no second effect: the next check of the log would see one. */
    private void sendAgain(Facts facts, RecordingClient client) throws IOException {
        for (Tally.Sent sent : told.tally().recent()) {
            Answer again = client.change(sent.order());
            boolean same = again.replayed()
                    && again.status() == sent.answer().status()
                    && again.body().equals(sent.answer().body());
            findings.require(same, Kind.WRONG_ANSWER, sent + " sent again is answered by " + again);
        }
        List<Change> keyed = new ArrayList<>(facts.acknowledged());
        keyed.removeIf(change -> change.key() == null);
        for (int i = 0; i < Math.min(SENT_AGAIN, keyed.size()); i++) {
            Change change = keyed.get(random.nextInt(keyed.size()));
            Done done = Objects.requireNonNull(change.done());
            Answer again = client.change(order(change));
            boolean same = again.replayed()
                    && again.text("eventId").equals(done.eventId())
                    && again.number("version") == done.version()
                    && again.number("qty") == done.qty();
            findings.require(same, Kind.WRONG_ANSWER, change + " sent again is answered by " + again);
        }
    }

    private static Order order(Change change) {
        int slash = change.sku().indexOf('/');
        return new Order(
                change.sku().substring(0, slash),
                change.sku().substring(slash + 1),
                change.delta(),
                change.expectedVersion(),
                change.key());
    }
}
