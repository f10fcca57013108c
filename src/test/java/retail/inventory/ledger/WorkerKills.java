package retail.inventory.ledger;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.concurrent.ThreadLocalRandom;

/** Kills the worker at random moments while the log grows: at times while it starts, mostly while it serves. */
final class WorkerKills {

    private static final long LOOK_EVERY_MS = 50;
    private static final int SERVE_MAX_MS = 1_500;
    /** One kill in so many does not wait until the worker is ready. */
    private static final int ONE_IN = 4;

    private final ServiceUnderTest service;
    private final PrintStream progress;

    WorkerKills(ServiceUnderTest service, PrintStream progress) {
        this.service = service;
        this.progress = progress;
    }

    /** Each kill comes at a random moment of its share of the events. */
    void run(int kills, long events) throws InterruptedException, IOException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        try (ReplayClient api = new ReplayClient(service.api().uri())) {
            for (int kill = 1; kill <= kills; kill++) {
                long moment = (long) ((kill - 1 + random.nextDouble()) * events / kills);
                while (durable(api) < moment) {
                    Thread.sleep(LOOK_EVERY_MS);
                }
                if (random.nextInt(ONE_IN) > 0) {
                    URI _ = service.worker().uri();
                    Thread.sleep(random.nextInt(SERVE_MAX_MS));
                }
                service.requireAlive();
                long at = durable(api);
                boolean served = service.worker().uriIfReady().isPresent();
                service.killWorker();
                progress.printf(
                        "kill %d of %d: the worker %s, the log at %,d of %,d%n",
                        kill, kills, served ? "while it served" : "before it was ready", at, events);
            }
        }
    }

    private static long durable(ReplayClient api) throws InterruptedException {
        return Held.number(api.get("/health/readiness").json(), "durableSequence");
    }
}
