package retail.inventory.powercut;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import retail.inventory.faults.Findings;
import retail.inventory.faults.Findings.Kind;
import retail.inventory.powercut.Told.Ack;
import retail.inventory.process.Client;
import retail.inventory.process.Client.Reply;
import retail.inventory.process.WrittenLog;
import tools.jackson.databind.JsonNode;

/** Compares all that clients were told with what is there after a restart, while nobody writes. */
final class Aftermath {

    private static final int SENT_AGAIN = 30;

    private final Path dataDir;
    private final Told told;
    private final Findings findings;
    private final Random random;

    Aftermath(Path dataDir, Told told, Findings findings, Random random) {
        this.dataDir = dataDir;
        this.told = told;
        this.findings = findings;
        this.random = random;
    }

    /** Adds to the findings what differs; how many of the orders that had no answer are not in the log. */
    int check(Client client) throws IOException {
        LogIndex log;
        try {
            log = new LogIndex(WrittenLog.read(dataDir)); // which finds gaps in sequences, versions and balances
        } catch (AssertionError e) {
            findings.add(Kind.LOST, "the log contradicts itself: " + e.getMessage());
            return 0;
        }
        checkAcks(log);
        checkShown(log);
        checkFiles();
        checkState(client, log);
        int gone = settle(client, log);
        sendAgain(client);
        return gone;
    }

    private void checkAcks(LogIndex log) {
        log.twice().forEach(key -> findings.add(Kind.OTHER, "the order with key " + key + " was done twice"));
        List<Ack> acks = told.acks();
        for (Ack ack : acks) {
            JsonNode event = log.event(ack.eventId());
            if (event == null) {
                findings.add(Kind.LOST, ack + " is not in the log");
            } else {
                findings.require(isOf(ack, event), Kind.LOST, ack + " is in the log as " + event);
            }
        }
        int most = acks.size() + told.unknown().size();
        findings.require(
                log.size() <= most, Kind.OTHER, log.size() + " events, but only " + most + " orders can be done");
    }

    private static boolean isOf(Ack ack, JsonNode event) {
        Order order = ack.order();
        return LogIndex.place(event).equals(order.place())
                && LogIndex.change(event) == order.delta()
                && Objects.equals(LogIndex.key(event), order.key())
                && LogIndex.version(event) == ack.reply().number("version")
                && LogIndex.qty(event) == ack.reply().number("qty")
                && LogIndex.sequence(event) == ack.reply().number("sequence");
    }

    private void checkShown(LogIndex log) {
        told.quantities()
                .forEach((shown, qty) -> findings.require(
                        qty.equals(log.quantity(shown)),
                        Kind.VANISHED,
                        shown + " was shown as " + qty + ", the log has " + log.quantity(shown)));
        told.eventIds()
                .forEach((sequence, id) -> findings.require(
                        id.equals(log.eventId(sequence)),
                        Kind.VANISHED,
                        "event " + sequence + " was " + id + ", the log has " + log.eventId(sequence)));
        findings.require(
                told.sequence() <= log.last(),
                Kind.VANISHED,
                "the log was said to go to " + told.sequence() + ", it goes to " + log.last());
    }

    private void checkFiles() throws IOException {
        try (Stream<Path> files = Files.walk(dataDir)) {
            files.filter(file -> file.toString().endsWith(".damaged")
                            || (file.startsWith(dataDir.resolve("dead-letter")) && Files.isRegularFile(file)))
                    .forEach(file -> findings.add(Kind.OTHER, "there is a file " + file.getFileName()));
        }
    }

    /** What the service shows now is told as well: the next cut must not take it. */
    private void checkState(Client client, LogIndex log) throws IOException {
        Reader reader = new Reader(client, told, random);
        Map<String, Long> totals = new HashMap<>();
        for (String sku : Clients.SKUS) {
            for (String store : Clients.STORES) {
                JsonNode event = log.latest(store + "/" + sku);
                Reply record = reader.record(store, sku);
                boolean same = event == null
                        ? record.status() == 404
                        : record.status() == 200
                                && record.number("version") == LogIndex.version(event)
                                && record.number("qty") == LogIndex.qty(event);
                findings.require(same, Kind.LOST, store + "/" + sku + " is " + record + ", the log has " + event);
                if (event != null) {
                    totals.merge(sku, LogIndex.qty(event), Long::sum);
                }
            }
        }
        for (String sku : Clients.SKUS) {
            Reply central = client.get("/central/skus/" + sku + "?minSequence=" + log.last());
            Long total = totals.get(sku);
            boolean same = total == null
                    ? central.status() == 404
                    : central.status() == 200 && central.number("total") == total;
            findings.require(same, Kind.LOST, sku + " is " + total + " in the log, centrally " + central);
        }
        reader.centralInventory();
        long next = reader.feed(random.nextLong(log.last() + 1));
        findings.require(next <= log.last(), Kind.VANISHED, "the feed goes to " + next + ", the log to " + log.last());
    }

    /** The orders with a key that had no answer get one now, and are done once, whether they were done before or not. */
    private int settle(Client client, LogIndex log) throws IOException {
        int gone = 0;
        for (Order order : told.unknown()) {
            if (order.key() != null) {
                long sent = System.nanoTime();
                Reply reply = order.send(client);
                boolean done = log.isDone(order.key());
                gone += done ? 0 : 1;
                told.answered(order, sent, reply);
                told.settled(order);
                findings.require(
                        reply.replayed() == done,
                        Kind.WRONG_ANSWER,
                        order + (done ? " is" : " is not") + " in the log and is answered " + reply);
            }
        }
        return gone;
    }

    /** The first answer, and no second effect: the next check of the log would see one. */
    private void sendAgain(Client client) throws IOException {
        List<Ack> acks = told.acks();
        for (int i = 0; i < Math.min(SENT_AGAIN, acks.size()); i++) {
            boolean late = i < SENT_AGAIN / 2;
            Ack ack = acks.get(late ? acks.size() - 1 - i : random.nextInt(acks.size()));
            if (ack.order().key() != null) {
                Reply again = ack.order().send(client);
                boolean same = again.replayed()
                        && again.status() == ack.reply().status()
                        && again.body().equals(ack.reply().body());
                findings.require(same, Kind.WRONG_ANSWER, ack + " sent again is answered " + again);
            }
        }
    }
}
