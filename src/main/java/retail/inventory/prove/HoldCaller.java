package retail.inventory.prove;

import org.jspecify.annotations.Nullable;
import retail.inventory.prove.ProvingClient.Answer;

/** One client of the storm of holds: places baskets and ends them in every way there is. Not thread-safe. */
final class HoldCaller {

    private static final int LONG_SECONDS = 600;
    private static final int LAPSES_AFTER_SECONDS = 1;
    private static final long ENDED_AFTER_NANOS = 1_200_000_000;
    private static final int LAPSES_EVERY = 8;
    private static final int RESERVES_EVERY = 16;
    private static final int ASKS_AFTER_EVERY = 32;

    private final ProvingClient client;
    private final HoldLedger ledger;
    private final Shelves shelves;
    private @Nullable Basket lapsing;
    private long lapsingSince;

    HoldCaller(ProvingClient client, HoldLedger ledger, Shelves shelves) {
        this.client = client;
        this.ledger = ledger;
        this.shelves = shelves;
    }

    /** Places a basket of its own and ends it; one of them is left to lapse, and asked for again after its end. */
    void next(long number) {
        Basket basket = Basket.numbered(shelves, number);
        boolean lapses = lapsing == null && number % LAPSES_EVERY == 0;
        if (place(basket, lapses ? LAPSES_AFTER_SECONDS : LONG_SECONDS)) {
            if (lapses) {
                lapsing = basket;
                lapsingSince = System.nanoTime();
            } else {
                end(basket, number);
            }
        } else if (number % ASKS_AFTER_EVERY == 0) {
            Answer none = client.get("/holds/" + basket.holdId());
            none.require(none.isProblem("unknown-hold"), "a refused basket holds nothing");
        }
        if (number % RESERVES_EVERY == 0) {
            reserve((int) (number / RESERVES_EVERY % Shelves.IN_BASKETS), basket.holdId() + "-reserve");
        }
        Basket ended = lapsing;
        if (ended != null && System.nanoTime() - lapsingSince > ENDED_AFTER_NANOS) {
            lapsing = null;
            comeBack(ended, number);
        }
    }

    /** Closes what is left to lapse, and leaves an order without an end open. */
    void finish(long number) {
        if (lapsing != null) {
            release(lapsing);
        }
        Basket order = Basket.numbered(shelves, number);
        if (place(order, null)) {
            ledger.staysOpen(order);
        }
    }

    /** A hold that others must not touch, so that whatever is asked of it is granted. */
    private void end(Basket basket, long number) {
        if (number % 4 >= 2) {
            Answer longer = change(basket, "extend");
            longer.require(longer.status() == 200, "a live hold can be extended");
            extended(basket, longer);
        }
        if (number % 2 == 0 || number % 3 == 0) {
            Answer sold = change(basket, "confirm");
            sold.require(sold.status() == 200, "a live hold can be confirmed");
            sold.require(!sold.json().has("late"), "a live hold is confirmed in time");
            sold(basket, sold);
        } else {
            release(basket);
        }
    }

    /** After its end it gets what is still there, all or nothing. */
    private void comeBack(Basket basket, long number) {
        if (number % 3 == 0) {
            release(basket);
            return;
        }
        boolean longer = number % 3 == 1;
        Answer again = change(basket, longer ? "extend" : "confirm");
        if (again.isProblem("hold-expired")) {
            basket.requireShortages(again);
            release(basket);
        } else {
            again.require(again.status() == 200, "a hold that has ended gets its units again, or is refused");
            if (longer) {
                extended(basket, again);
                end(basket, number);
            } else {
                ledger.late.increment();
                sold(basket, again);
            }
        }
    }

    private boolean place(Basket basket, @Nullable Integer ttlSeconds) {
        Answer answer =
                client.write("PUT", "/holds/" + basket.holdId(), basket.json(ttlSeconds), basket.holdId() + "-place");
        if (answer.isProblem("insufficient-stock")) {
            basket.requireShortages(answer);
            ledger.refused.increment();
            return false;
        }
        answer.require(answer.status() == 201, "a basket is placed or refused");
        basket.requireWhole(answer, "HELD");
        ledger.acknowledged(answer);
        ledger.placed.increment();
        return true;
    }

    private void extended(Basket basket, Answer answer) {
        basket.requireWhole(answer, "HELD");
        ledger.acknowledged(answer);
        ledger.extended.increment();
    }

    private void release(Basket basket) {
        Answer answer = change(basket, "release");
        answer.require(answer.status() == 200, "an open hold can be released");
        basket.requireWhole(answer, "RELEASED");
        ledger.acknowledged(answer);
        ledger.released.increment();
    }

    /** As much comes in again as has left. */
    private void sold(Basket basket, Answer answer) {
        basket.requireWhole(answer, "CONFIRMED");
        ledger.acknowledged(answer);
        ledger.confirmed.increment();
        basket.wanted().forEach((key, units) -> ledger.moved(key, -units));
        for (int i = 0; i < basket.order().size(); i++) {
            deliver(basket.order().get(i), basket.units().get(i), basket.holdId() + "-back-" + i);
        }
    }

    private void reserve(int place, String key) {
        Answer answer = client.write("POST", shelves.path(place) + "/reserve", "{\"qty\":1}", key);
        if (!answer.isProblem("insufficient-stock")) {
            answer.require(answer.status() == 200, "a unit is reserved or refused");
            ledger.acknowledged(answer);
            ledger.moved(shelves.key(place), -1);
            deliver(place, 1, key + "-back");
        }
    }

    /** Units come in. */
    void deliver(int place, long units, String key) {
        Answer answer =
                client.write("POST", shelves.path(place) + "/adjust", "{\"delta\":" + units + "}", key + "-delivery");
        answer.require(answer.status() <= 201, "units can be delivered");
        ledger.acknowledged(answer);
        ledger.moved(shelves.key(place), units);
    }

    private Answer change(Basket basket, String action) {
        String path = "/holds/" + basket.holdId() + "/" + action;
        return client.write("POST", path, "{}", basket.holdId() + "-" + client.nextNumber());
    }
}
