package retail.inventory.lab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import retail.inventory.lab.Findings.Kind;
import retail.inventory.lab.HoldRecord.Told;
import retail.inventory.lab.WrittenLog.Written;
import tools.jackson.databind.JsonNode;

/** The part of an {@link Aftermath} that is about holds. While it looks, the service may write that holds have ended. */
final class HoldAftermath {

    private static final int LOOKED_AT = 60;
    private static final int SENT_AGAIN = 15;
    private static final String EXPIRE = "EXPIRE";
    private static final Set<String> OPEN = Set.of("HELD", "EXPIRED");

    private final HoldRecord told;
    private final Findings findings;
    private final Random random;
    private final WrittenLog log;
    private final WrittenHolds holds;

    HoldAftermath(ClientRecord told, WrittenLog log) {
        this.told = told.holds();
        this.findings = told.findings();
        this.random = told.random();
        this.log = log;
        this.holds = log.holds();
    }

    /** Adds to the findings what differs; how many of the wishes that had no answer are not in the log. */
    int check(RecordingClient client) throws IOException {
        told.contradictions().forEach(each -> findings.add(Kind.VANISHED, each));
        told.acknowledged().forEach(this::checkAcknowledged);
        checkNothingElse();
        told.shown().forEach((state, qty) -> {
            Written written = log.states().get(state);
            findings.require(
                    written != null && written.qty() == qty,
                    Kind.VANISHED,
                    state + " was shown as " + qty + ", the log has " + written);
        });
        for (String store : HoldRecord.STORES) {
            checkStock(client.client(), store);
        }
        for (int i = 0; i < SENT_AGAIN; i++) {
            checkCentral(client.client(), "P" + random.nextInt(HoldRecord.PLACES.size() / HoldRecord.STORES.size()));
        }
        checkHolds(client.client());
        int gone = settle(client);
        sendAgain(client);
        return gone;
    }

    private void checkAcknowledged(Told one) {
        Answer answer = one.answer();
        WrittenHolds.Event written = holds.event(answer.text("eventId"));
        boolean same = written != null
                && written.sequence() == answer.number("sequence")
                && one.wish().key().equals(written.key())
                && (one.wish().kind() == HoldWish.Kind.DELIVERY || isSame(answer, written));
        findings.require(same, Kind.LOST, one + " is in the log as " + written);
    }

    private static boolean isSame(Answer hold, WrittenHolds.Event written) {
        return hold.number("version") == written.holdVersion()
                && hold.text("state").equals(written.state())
                && lines(hold.json()).equals(written.lines());
    }

    private static Map<String, String> lines(JsonNode hold) {
        Map<String, String> lines = new TreeMap<>();
        for (JsonNode line : hold.path("lines")) {
            long qty = Answer.number(line, "qty");
            long confirmed = Answer.number(line, "confirmed");
            if (qty > 0 || confirmed > 0) {
                lines.put(WrittenLog.place(line), qty + " held, " + confirmed + " confirmed");
            }
        }
        return lines;
    }

    /** Each event is what somebody asked for, with all of its lines, or the end of a hold. */
    private void checkNothingElse() {
        Map<String, HoldWish> wishes = new HashMap<>();
        told.acknowledged().forEach(one -> wishes.put(one.wish().key(), one.wish()));
        told.unknown().forEach(wish -> wishes.put(wish.key(), wish));
        holds.byEventId().forEach((id, event) -> {
            HoldWish wish = event.key() == null ? null : wishes.get(event.key());
            boolean may = wish == null
                    ? event.type().equals(EXPIRE)
                    : wish.units().isEmpty()
                            || event.moved().containsAll(wish.units().keySet());
            findings.require(may, Kind.OTHER, "an event " + event + ", and what was asked for is " + wish);
        });
    }

    private void checkStock(Client client, String store) throws IOException {
        long before = System.currentTimeMillis();
        Map<String, JsonNode> records = Client.records(client::get, store);
        for (String place : HoldRecord.PLACES) {
            if (place.startsWith(store + "/")) {
                JsonNode record = records.get(place.substring(store.length() + 1));
                checkRecord(place, before, record);
            }
        }
    }

    private void checkCentral(Client client, String sku) throws IOException {
        long before = System.currentTimeMillis();
        Answer central = client.get("/central/skus/" + sku + "?minSequence=" + log.last());
        Map<String, JsonNode> records = new HashMap<>();
        central.json()
                .path("stores")
                .forEach(one -> records.put(one.path("storeId").asString(), one));
        HoldRecord.STORES.forEach(store -> checkRecord(store + "/" + sku, before, records.get(store)));
    }

    /** What is held may have ended at any moment since the record was asked for. */
    private void checkRecord(String place, long beforeMs, @Nullable JsonNode record) {
        Written written = log.latest().get(place);
        boolean same = written == null
                ? record == null
                : record != null
                        && record.path("qty").asLong() == written.qty()
                        && record.path("version").asLong() >= written.version()
                        && record.path("held").asLong() <= holds.held(place, beforeMs)
                        && record.path("held").asLong() >= holds.held(place, System.currentTimeMillis());
        findings.require(same, Kind.LOST, place + " is " + record + ", the log has " + written);
    }

    private void checkHolds(Client client) throws IOException {
        List<Map.Entry<String, WrittenHolds.Event>> some =
                new ArrayList<>(holds.latest().entrySet());
        Collections.shuffle(some, random);
        for (Map.Entry<String, WrittenHolds.Event> one : some.subList(0, Math.min(LOOKED_AT, some.size()))) {
            WrittenHolds.Event written = one.getValue();
            Answer hold = client.get("/holds/" + one.getKey());
            boolean mayEnd = written.endsMs() <= System.currentTimeMillis() && OPEN.contains(written.state());
            boolean same = hold.status() == 200 && (mayEnd ? OPEN.contains(hold.text("state")) : isSame(hold, written));
            findings.require(same, Kind.LOST, one.getKey() + " is " + hold + ", the log has " + written);
        }
    }

    /** What had no answer gets one now, and is done once, whether it was done before or not. */
    private int settle(RecordingClient client) throws IOException {
        int gone = 0;
        for (HoldWish wish : told.unknown()) {
            boolean done = log.keys().contains(wish.key());
            gone += done ? 0 : 1;
            Answer answer = client.change(wish);
            findings.require(
                    answer.replayed() == done,
                    Kind.WRONG_ANSWER,
                    wish + (done ? " is" : " is not") + " in the log and is answered by " + answer);
        }
        return gone;
    }

    /** The first answer, and no second effect: the next look at the log would see one. */
    private void sendAgain(RecordingClient client) throws IOException {
        List<Told> all = told.acknowledged();
        for (int i = 0; i < Math.min(SENT_AGAIN, all.size()); i++) {
            Told one = all.get(random.nextInt(all.size()));
            Answer again = one.wish().sentTo(client.client());
            boolean same = again.replayed()
                    && again.status() == one.answer().status()
                    && again.body().equals(one.answer().body());
            findings.require(same, Kind.WRONG_ANSWER, one + " sent again is answered by " + again);
        }
    }
}
