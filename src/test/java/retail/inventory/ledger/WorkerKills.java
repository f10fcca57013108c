package retail.inventory.ledger;

import java.io.PrintStream;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Kills the worker at random moments, one in each equal part of the log, and starts it again at once. Mostly it lets a
 * worker become ready first and serve for a moment, so that there is something to cut; one time in four it does not.
 */
final class WorkerKills {

    private static final long LOOK_EVERY_MS = 50;
    private static final int SERVE_MAX_MS = 1_500;
    private static final int ONE_IN = 4;
    private static final JsonMember DURABLE = JsonMember.number("durableSequence");

    private final ServiceUnderTest service;
    private final PrintStream progress;

    WorkerKills(ServiceUnderTest service, PrintStream progress) {
        this.service = service;
        this.progress = progress;
    }

    /** Returns after the last kill; {@code events} is how many the log will have in the end. */
    void run(int kills, long events) throws InterruptedException {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        try (ReplayClient api = new ReplayClient(service.api().awaitReady())) {
            for (int kill = 1; kill <= kills; kill++) {
                long moment = (long) ((kill - 1 + random.nextDouble()) * events / kills);
                awaitSequence(api, moment);
                if (random.nextInt(ONE_IN) > 0) {
                    service.worker().awaitReady();
                    Thread.sleep(random.nextInt(SERVE_MAX_MS));
                }
                service.requireAlive();
                long at = durable(api);
                String state = service.worker().url().isPresent() ? "while it served" : "before it was ready";
                service.killWorker();
                progress.printf(
                        "kill %d of %d: the worker %s, the log at %,d of %,d%n", kill, kills, state, at, events);
            }
        }
    }

    private static void awaitSequence(ReplayClient api, long sequence) throws InterruptedException {
        while (durable(api) < sequence) {
            Thread.sleep(LOOK_EVERY_MS);
        }
    }

    private static long durable(ReplayClient api) throws InterruptedException {
        return DURABLE.numberIn(api.get("/health/readiness").body());
    }
}
