package retail.inventory.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import retail.inventory.faults.Findings.Kind;
import retail.inventory.faults.Told.Ack;
import retail.inventory.process.Client;
import retail.inventory.process.Client.Reply;
import retail.inventory.process.WrittenLog;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Compares all that clients were told with what is there after a restart, while nobody writes. */
final class Recovered {

    private static final int SENT_AGAIN = 10;

    private final Path dataDir;
    private final Told told;
    private final Findings findings;

    Recovered(Path dataDir, Told told, Findings findings) {
        this.dataDir = dataDir;
        this.told = told;
        this.findings = findings;
    }

    /** Adds to the findings what differs. */
    void check(Life life) throws IOException {
        WrittenLog log;
        try {
            log = WrittenLog.read(dataDir); // which finds gaps in sequences, versions and balances
        } catch (AssertionError e) {
            findings.add(Kind.LOST, "the log contradicts itself: " + e.getMessage());
            return;
        }
        checkAcks(log);
        checkReads(log);
        checkState(life.client(), log);
        checkFiles();
    }

    private void checkAcks(WrittenLog log) {
        Set<String> keys = new HashSet<>();
        for (JsonNode event : log.events()) {
            String key = event.path("key").asString();
            findings.require(keys.add(key), Kind.OTHER, "the order with key " + key + " was done twice");
        }
        for (Ack ack : told.acks()) {
            JsonNode event = log.event(ack.eventId());
            if (event == null) {
                findings.add(Kind.LOST, ack + " is not in the log");
            } else {
                boolean same = event.path("key").asString().equals(ack.order().key())
                        && event.at("/result/version").asLong() == ack.version()
                        && event.at("/result/qty").asLong() == ack.qty()
                        && event.path("sequence").asLong() == ack.sequence();
                findings.require(same, Kind.LOST, ack + " is in the log as " + event);
            }
        }
    }

    private void checkReads(WrittenLog log) {
        Map<String, Long> quantities = new HashMap<>();
        Map<Long, String> ids = new HashMap<>();
        for (JsonNode event : log.events()) {
            long version = event.at("/result/version").asLong();
            quantities.put(
                    Told.atVersion(place(event), version),
                    event.at("/result/qty").asLong());
            ids.put(event.path("sequence").asLong(), event.path("eventId").asString());
        }
        told.quantities()
                .forEach((read, qty) -> findings.require(
                        qty.equals(quantities.get(read)),
                        Kind.VANISHED,
                        read + " was read as " + qty + ", the log has " + quantities.get(read)));
        told.feed()
                .forEach((sequence, id) -> findings.require(
                        id.equals(ids.get(sequence)),
                        Kind.VANISHED,
                        "the feed showed " + id + " as event " + sequence + ", the log has " + ids.get(sequence)));
    }

    private static String place(JsonNode event) {
        return event.at("/payload/storeId").asString() + "/"
                + event.at("/payload/sku").asString();
    }

    private void checkState(Client client, WrittenLog log) throws IOException {
        Map<String, JsonNode> latest = new HashMap<>();
        long last = 0;
        for (JsonNode event : log.events()) {
            latest.merge(
                    place(event),
                    event,
                    (one, other) -> one.at("/result/version").asLong()
                                    > other.at("/result/version").asLong()
                            ? one
                            : other);
            last = Math.max(last, event.path("sequence").asLong());
        }
        for (String sku : Traffic.SKUS) {
            long total = 0;
            for (String store : Traffic.STORES) {
                JsonNode event = Objects.requireNonNullElse(latest.get(store + "/" + sku), MissingNode.getInstance());
                Reply record = client.get("/stores/" + store + "/inventory/" + sku);
                boolean same = record.status() == 200
                        && record.number("version")
                                == event.at("/result/version").asLong()
                        && record.number("qty") == event.at("/result/qty").asLong();
                findings.require(same, Kind.LOST, store + "/" + sku + " is " + record + ", the log has " + event);
                total += event.at("/result/qty").asLong();
            }
            Reply central = client.get("/central/skus/" + sku + "?minSequence=" + last);
            boolean same = central.status() == 200 && central.number("total") == total;
            findings.require(same, Kind.LOST, sku + " is " + total + " in the log, centrally " + central);
        }
        sendAgain(client);
    }

    /** The first answer, and no second effect: the next check of the log would see one. */
    private void sendAgain(Client client) throws IOException {
        List<Ack> acks = told.acks();
        for (Ack ack : acks.subList(Math.max(0, acks.size() - SENT_AGAIN), acks.size())) {
            Reply again = client.adjust(
                    ack.order().store(),
                    ack.order().sku(),
                    ack.order().delta(),
                    ack.order().key());
            boolean same = again.replayed()
                    && again.text("eventId").equals(ack.eventId())
                    && again.text("version").equals(Long.toString(ack.version()));
            findings.require(same, Kind.OTHER, ack + " sent again is answered " + again);
        }
    }

    private void checkFiles() throws IOException {
        try (Stream<Path> files = Files.walk(dataDir)) {
            files.filter(file -> file.toString().endsWith(".damaged")
                            || (file.startsWith(dataDir.resolve("dead-letter")) && Files.isRegularFile(file)))
                    .forEach(file -> findings.add(Kind.OTHER, "there is a file " + file.getFileName()));
        }
    }
}
