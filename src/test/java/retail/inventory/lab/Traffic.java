package retail.inventory.lab;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import retail.inventory.lab.Findings.Kind;

/** Clients that write and read all the time. Few SKUs, so that changes meet and reads see what is not durable yet. */
public final class Traffic implements AutoCloseable {

    public static final List<String> STORES = List.of("S1", "S2");
    public static final List<String> SKUS = List.of("A", "B", "C", "D", "E", "F");

    private static final int DELTA_MAX = 5;
    private static final int SALE_MAX = 40; // often more than there is
    private static final long AGAIN_AFTER_MS = 20;

    private final Supplier<Target> service;
    private final Style style;
    private final String name;
    private final Findings findings;
    private final Look look;
    /** Held for reading while a change is under way, for writing while none may be. */
    private final ReentrantReadWriteLock gate = new ReentrantReadWriteLock(true);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean closed;

    /** A service that runs, and who talks to it. */
    public record Target(ServiceProcess process, RecordingClient client) {}

    /**
     * How they are.
     *
     * @param shoppers who hold baskets of stock that nobody else writes, see {@link Shopper}
     * @param waveMs all write at multiples of this time, so that batches have more than one change; 0 = as fast as answered
     * @param restMs of readers after each look
     * @param persistence what they do when they have no answer
     * @param clockLeaps whether the clock of a service does, which then takes any connection for one that was silent for an hour
     */
    public record Style(
            int writers,
            int shoppers,
            int readers,
            long waveMs,
            long restMs,
            Persistence persistence,
            boolean clockLeaps) {
        /** As fast as they are answered, until nobody answers any more. */
        public static Style flatOut(int writers) {
            return new Style(writers / 2, writers - writers / 2, 4, 0, 0, Persistence.NONE, false);
        }

        /** In waves, through all restarts. */
        public static Style insisting() {
            return new Style(6, 0, 1, 100, 20, Persistence.UNTIL_ACCEPTED, false);
        }

        /** From one process to another. */
        public static Style wandering(boolean clockLeaps) {
            return new Style(6, 0, 2, 20, 20, Persistence.UNTIL_DECIDED, clockLeaps);
        }
    }

    /** What a client does that has no answer. */
    public enum Persistence {
        /** It ends with the service. */
        NONE,
        /** It sends what has a key again until it is decided, perhaps to another process, and goes on with the next. */
        UNTIL_DECIDED,
        /** It only delivers, with a key, and sends each order until it is accepted, also across restarts. */
        UNTIL_ACCEPTED
    }

    /** Something that readers look at besides. */
    @FunctionalInterface
    public interface Look {
        void at(Target target) throws IOException;
    }

    /** Something to do while no change is under way. */
    @FunctionalInterface
    public interface Quiet<T extends @Nullable Object> {
        T run() throws IOException;
    }

    /**
     * Starts them.
     *
     * @param name goes into the idempotency keys, which must not come twice
     * @param feedFrom from where on the feed is read
     */
    Traffic(ClientRecord told, Supplier<Target> service, Style style, String name, long feedFrom, Look look) {
        this.service = service;
        this.style = style;
        this.name = name;
        this.findings = told.findings();
        this.look = look;
        Random random = told.random();
        for (int i = 0; i < style.writers; i++) {
            int writer = i;
            Random own = new Random(random.nextLong());
            threads.execute(() -> write(writer, own));
        }
        for (int i = 0; i < style.shoppers; i++) {
            Shopper shopper = new Shopper(name + "-s" + i, new Random(random.nextLong()));
            threads.execute(() -> shop(shopper));
        }
        for (int i = 0; i < style.readers; i++) {
            Random own = new Random(random.nextLong());
            threads.execute(() -> read(feedFrom, own));
        }
    }

    /** Does something while no change is under way; those that are end before. */
    public <T extends @Nullable Object> T quietly(Quiet<T> work) throws IOException {
        gate.writeLock().lock();
        try {
            return work.run();
        } finally {
            gate.writeLock().unlock();
        }
    }

    /** Ends them, and waits until they have their last answers. */
    @Override
    public void close() {
        closed = true;
        threads.close();
    }

    private void write(int writer, Random random) {
        long version = 0;
        Order order = null;
        for (int n = 0; !closed; n++) {
            if (style.waveMs > 0) {
                long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
                Moments.pause(style.waveMs - Math.floorMod(ms, style.waveMs));
            }
            Order next = order == null ? next(name + "-" + writer + "-" + n, version, random) : order;
            Answer answer;
            gate.readLock().lock();
            try {
                answer = asked(target -> target.client.change(next));
            } finally {
                gate.readLock().unlock();
            }
            if (answer == null && style.persistence == Persistence.NONE) {
                return;
            }
            version = answer != null && answer.accepted() ? answer.number("version") : version;
            order = isSentAgain(next, answer) ? next : null;
        }
    }

    private void shop(Shopper shopper) {
        while (!closed) {
            HoldWish wish = shopper.next();
            Answer answer;
            gate.readLock().lock();
            try {
                answer = asked(target -> target.client.change(wish));
            } finally {
                gate.readLock().unlock();
            }
            if (answer == null && style.persistence == Persistence.NONE) {
                return;
            }
            shopper.answered(wish, answer);
        }
    }

    private boolean isSentAgain(Order order, @Nullable Answer answer) {
        return switch (style.persistence) {
            case NONE -> false;
            case UNTIL_DECIDED -> order.key() != null && (answer == null || answer.status() == 503);
            case UNTIL_ACCEPTED -> answer == null || !answer.accepted();
        };
    }

    private Order next(String key, long version, Random random) {
        String store = STORES.get(random.nextInt(STORES.size()));
        String sku = SKUS.get(random.nextInt(SKUS.size()));
        if (style.persistence == Persistence.UNTIL_ACCEPTED) {
            return new Order(store, sku, 1L + random.nextInt(DELTA_MAX), null, key);
        }
        long delta = random.nextInt(3) == 0 ? -1L - random.nextInt(SALE_MAX) : 1L + random.nextInt(DELTA_MAX);
        Long expected = random.nextInt(8) == 0 ? version : null; // nearly always a conflict, which shows the version
        return new Order(store, sku, delta, expected, random.nextInt(3) == 0 ? null : key);
    }

    private void read(long from, Random random) {
        long[] position = {from};
        while (!closed) {
            Object done = asked(target -> {
                RecordingClient client = target.client;
                String sku = SKUS.get(random.nextInt(SKUS.size()));
                switch (random.nextInt(6)) {
                    case 0, 1, 2 -> {
                        Answer _ = client.read(STORES.get(random.nextInt(STORES.size())), sku);
                    }
                    case 3 -> client.centralSku(sku);
                    case 4 -> client.centralInventory();
                    default -> position[0] = client.feed(position[0]);
                }
                look.at(target);
                return target;
            });
            if (done == null && style.persistence == Persistence.NONE) {
                return;
            }
            if (style.restMs > 0) {
                Moments.pause(style.restMs);
            }
        }
    }

    private interface Request<T> {
        T of(Target target) throws IOException;
    }

    /** Asks the service as it runs now; nothing when there was no answer. */
    private <T> @Nullable T asked(Request<T> request) {
        Target now = service.get();
        try {
            if (!now.process.isKilled()) {
                return request.of(now);
            }
        } catch (IdleConnectionEndedException e) {
            // as when the service's clock leaps, and it believes that the connection was idle for an hour
        } catch (IOException e) {
            boolean mayEnd = style.clockLeaps || now.process.isKilled();
            findings.require(mayEnd, Kind.WRONG_ANSWER, "no answer from a service that lives: " + e);
        } catch (RuntimeException | AssertionError e) {
            findings.add(Kind.WRONG_ANSWER, "a client could not make sense of an answer: " + e);
        }
        Moments.pause(AGAIN_AFTER_MS);
        return null;
    }
}
