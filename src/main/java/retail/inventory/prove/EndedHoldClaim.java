package retail.inventory.prove;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import retail.inventory.prove.ProvingClient.Answer;

/** Units of a hold that ends can be had from that moment on and no sooner, by one of all who want them. */
final class EndedHoldClaim {

    private static final long TTL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long GIVES_UP_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Storm storm;
    private final ProvingClient one;
    private final HoldLedger ledger;
    private final Shelves shelves;
    private final int units;

    /** A client that asked for all units: since when and until when. */
    private record Attempt(Basket basket, long begin, long end, boolean granted) {}

    EndedHoldClaim(Storm storm, ProvingClient one, HoldLedger ledger, Shelves shelves, int units) {
        this.storm = storm;
        this.one = one;
        this.ledger = ledger;
        this.shelves = shelves;
        this.units = units;
    }

    String hadAtOnce() {
        new HoldCaller(one, ledger, shelves).deliver(Shelves.ENDING, units, shelves.name() + "-ending");
        Basket first = shelves.ofAll(0, units);
        Attempt placed = attempt(one, first, 1);
        if (!placed.granted) {
            throw new ProofFailedException("all units that are there can be held, but were refused");
        }
        AtomicBoolean had = new AtomicBoolean();
        List<Attempt> attempts = storm.byEach((client, number) -> attempts(client, number + 1, had)).stream()
                .flatMap(List::stream)
                .toList();
        Attempt winner = winner(attempts);
        requireNoSooner(placed, winner);
        requireNoLater(placed.end + TTL_NANOS, attempts, winner);
        comeLate(first, winner.basket);
        return String.format(
                Locale.ROOT,
                "%d units had again within %.1f ms of the end, by 1 of %d requests; none before",
                units,
                Math.max(0, winner.end - placed.begin - TTL_NANOS) / 1e6,
                attempts.size());
    }

    private List<Attempt> attempts(ProvingClient client, int number, AtomicBoolean had) {
        List<Attempt> attempts = new ArrayList<>();
        long start = System.nanoTime();
        while (!had.get() && System.nanoTime() - start < GIVES_UP_NANOS) {
            Attempt attempt = attempt(client, shelves.ofAll(number, units), 600);
            attempts.add(attempt);
            if (attempt.granted) {
                had.set(true);
            }
        }
        return attempts;
    }

    private Attempt attempt(ProvingClient client, Basket basket, int ttlSeconds) {
        long begin = System.nanoTime();
        Answer answer =
                client.write("PUT", "/holds/" + basket.holdId(), basket.json(ttlSeconds), basket.holdId() + "-place");
        long end = System.nanoTime();
        boolean granted = answer.status() == 201;
        if (granted) {
            basket.requireWhole(answer, "HELD");
            ledger.acknowledged(answer);
        } else {
            answer.require(answer.isProblem("insufficient-stock"), "a hold is placed or refused");
            basket.requireShortages(answer);
        }
        return new Attempt(basket, begin, end, granted);
    }

    private static Attempt winner(List<Attempt> attempts) {
        List<Attempt> granted = attempts.stream().filter(Attempt::granted).toList();
        if (granted.size() != 1) {
            throw new ProofFailedException(
                    "the units of a hold that has ended were given to " + granted.size() + " of " + attempts.size());
        }
        return granted.getFirst();
    }

    private static void requireNoSooner(Attempt placed, Attempt winner) {
        if (winner.end - placed.begin < TTL_NANOS) {
            throw new ProofFailedException("held units were given to another hold "
                    + (TTL_NANOS - winner.end + placed.begin) / 1_000_000 + " ms before the end");
        }
    }

    /** Nobody who asked after the end, and before anybody else had the units, was refused. */
    private static void requireNoLater(long ended, List<Attempt> attempts, Attempt winner) {
        for (Attempt attempt : attempts) {
            if (!attempt.granted && attempt.begin > ended && attempt.end < winner.begin) {
                throw new ProofFailedException("units were refused " + (attempt.begin - ended) / 1_000_000
                        + " ms after their hold had ended, when nobody else had them");
            }
        }
    }

    /** Whoever comes late is refused while another has the units, and gets them afterwards. */
    private void comeLate(Basket late, Basket winner) {
        Answer refused = change(late, "confirm");
        refused.require(refused.isProblem("hold-expired"), "the units are another's now");
        late.requireShortages(refused);
        Answer released = change(winner, "release");
        winner.requireWhole(released, "RELEASED");
        ledger.acknowledged(released);
        Answer sold = change(late, "confirm");
        late.requireWhole(sold, "CONFIRMED");
        sold.require(sold.json().path("late").asBoolean(false), "a late confirm says so");
        ledger.acknowledged(sold);
        ledger.moved(shelves.key(Shelves.ENDING), -units);
    }

    private Answer change(Basket basket, String action) {
        String path = "/holds/" + basket.holdId() + "/" + action;
        return one.write("POST", path, "{}", basket.holdId() + "-" + one.nextNumber());
    }
}
