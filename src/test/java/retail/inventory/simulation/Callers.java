package retail.inventory.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import retail.inventory.journal.EventsGoneException;
import retail.inventory.journal.LogUnavailableException;
import retail.inventory.stock.StockKey;

/** What callers ask for, as chance would have it; remembers over the lives of the service what may be sent again. */
final class Callers {

    private static final int BATCH_MAX = 4;

    /** More than all reservations of a run together would be too much: some have to be refused. */
    private static final long DELIVERY = 150;

    private final Random random;
    private final List<StockKey> keys;
    private final @Nullable HoldRequests holds;
    private final List<Request> repeatable = new ArrayList<>();
    private long requests;

    /**
     * Some callers.
     *
     * @param holds what they want of holds; null = nothing
     */
    Callers(Random random, List<StockKey> keys, @Nullable HoldRequests holds) {
        this.random = random;
        this.keys = keys;
        this.holds = holds;
    }

    /** One caller asks for so many things, one after the other. */
    void call(Life life, int times) {
        long after = 0;
        for (int i = 0; i < times; i++) {
            SeededScheduler.point();
            switch (random.nextInt(8)) {
                case 0 -> reading(life).run();
                case 1 -> after = follow(life, after);
                case 2, 3 -> life.send(again());
                default -> life.send(request());
            }
        }
    }

    private Request again() {
        return repeatable.isEmpty() ? request() : any(repeatable);
    }

    /** One of many who ask at once asks for one thing. */
    void ask(Life life) {
        Runnable next;
        synchronized (this) {
            next = switch (random.nextInt(8)) {
                case 0 -> reading(life);
                case 1, 2 -> sending(life, again());
                default -> sending(life, request());
            };
        }
        next.run();
    }

    private static Runnable sending(Life life, Request request) {
        return () -> life.send(request);
    }

    /** What was sent with a key before a crash is sent again by somebody who never got an answer, or forgot it. */
    List<Runnable> again(Life life) {
        List<Runnable> all = new ArrayList<>();
        repeatable.forEach(request -> all.add(() -> life.send(request)));
        repeatable.clear();
        return all;
    }

    /** Nothing that was sent may be sent again. */
    void forgetKeys() {
        repeatable.clear();
    }

    private Runnable reading(Life life) {
        if (holds == null || random.nextBoolean()) {
            StockKey key = anyKey();
            return () -> life.read(key);
        }
        if (random.nextInt(4) == 0) {
            String reference = holds.anyReference();
            return () -> life.readHoldsWith(reference);
        }
        String id = holds.anyId();
        return () -> life.readHold(id);
    }

    private long follow(Life life, long after) {
        try {
            return after + life.follow(after, 1 + random.nextInt(BATCH_MAX));
        } catch (EventsGoneException e) {
            return e.oldest() - 1;
        } catch (LogUnavailableException injected) {
            return after;
        }
    }

    /** Amounts identify requests; few stocks suffice for a reservation, so some of those are refused. */
    private Request request() {
        Request request = holds == null || random.nextInt(5) < 2 ? ofStock() : holds.next();
        if (request.idempotencyKey() != null) {
            repeatable.add(request);
        }
        return request;
    }

    private Request ofStock() {
        requests++;
        long delta = random.nextInt(3) == 0 ? -requests : DELIVERY + requests;
        Long expected = random.nextInt(5) == 0 ? (Long) (long) random.nextInt(6) : null;
        @Nullable String key = random.nextInt(3) == 0 ? "key-" + requests : null;
        StockKey sku = anyKey();
        return new Request(sku, delta, expected, key, delta < 0 ? others(sku) : List.of(), null);
    }

    /** One sale in a few takes from other SKUs as well, from all of them now and then. */
    private List<StockKey> others(StockKey sku) {
        return switch ((int) (requests % 5)) {
            case 1 -> keys.stream().filter(key -> !key.equals(sku)).limit(1).toList();
            case 2 -> keys.stream().filter(key -> !key.equals(sku)).toList();
            default -> List.of();
        };
    }

    private StockKey anyKey() {
        return any(keys);
    }

    private <T> T any(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
