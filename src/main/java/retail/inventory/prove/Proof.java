package retail.inventory.prove;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import retail.inventory.history.History;
import retail.inventory.history.Verdict;
import retail.inventory.prove.ProvingClient.Answer;
import retail.inventory.prove.ProvingClient.Waits;

/** Checks the promises of a running service from outside, by storms on a store of its own. */
public final class Proof {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Plan plan;
    private final Consumer<String> out;
    private final Progress progress;
    private final History history = new History();
    private final Waits waits = new Waits();
    private final String store =
            "PROVE-" + Integer.toHexString(ThreadLocalRandom.current().nextInt());

    /**
     * What is proved, and how much of it.
     *
     * @param baseUrl the service, without a slash at the end
     * @param clients connections at work at once
     * @param stock units that four times as many requests want
     * @param keys idempotency keys that are sent five times each
     * @param changes changes of a few SKUs at once, with and without versions
     * @param seconds how long baskets are held
     */
    public record Plan(URI baseUrl, int clients, int stock, int keys, int changes, int seconds) {}

    /** Is told how far a storm is; by any of its threads. */
    @FunctionalInterface
    public interface Progress {
        /** So much of so much is done. */
        void reached(long done, long total, String unit);
    }

    /** A proof that has not begun; it tells each claim as a line. */
    public Proof(Plan plan, Consumer<String> out, Progress progress) {
        this.plan = plan;
        this.out = out;
        this.progress = progress;
    }

    /**
     * Runs it; whether all was proved.
     *
     * @throws IOException when there is no service that is ready
     */
    public boolean holds() throws IOException {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build()) {
            requireReady(http);
            out.accept("Proving " + plan.baseUrl() + " with " + plan.clients() + " clients, store " + store);
            List<ProvingClient> clients = Stream.generate(
                            () -> new ProvingClient(http, plan.baseUrl(), store, history, waits))
                    .limit(plan.clients())
                    .toList();
            return holds(clients);
        }
    }

    private void requireReady(HttpClient http) throws IOException {
        Answer ready;
        try {
            ready = new ProvingClient(http, plan.baseUrl(), store, history, waits).once("/health/readiness");
        } catch (IOException e) {
            throw new IOException("No service answers at " + plan.baseUrl() + ": " + e, e);
        }
        if (ready.status() != 200) {
            throw new IOException(
                    "The service at " + plan.baseUrl() + " is not ready: " + ready.status() + " " + ready.body());
        }
    }

    private boolean holds(List<ProvingClient> clients) {
        Claims claims = new Claims(plan, clients, progress);
        HoldClaims holds = new HoldClaims(plan, clients, progress);
        try {
            step("never oversold", claims::neverOversold);
            step("one effect per key", claims::oneEffectPerKey);
            step("versions, own writes", claims::versionsAndOwnWrites);
            step("holds", holds::sumsAreExact);
            step("holds that end", holds::endedUnitsAreHadAtOnce);
            long changes = claims.acknowledged().stream().distinct().count();
            if (claims.centralIsServed()) {
                step("feed of holds", holds::feedAndCentralAgree);
                FeedClaim feed = new FeedClaim(clients.getFirst(), claims.acknowledged());
                step("feed complete", feed::complete);
            } else {
                out.accept("  the feed is not served here: ask the process with the role worker");
            }
            step("clean up", () -> cleanedUp(claims, holds));
            step("whole history", this::history);
            out.accept("PROVED: accepted ≤ stock, lost 0, doubled 0, violations 0 (" + history.size() + " operations, "
                    + changes + " changes, " + holds.changes() + " of holds and their stock)");
            return true;
        } catch (ProofFailedException e) {
            takeBackWhatIsLeft(claims, holds);
            out.accept("FAILED: " + e.getMessage());
            return false;
        }
    }

    private static String cleanedUp(Claims claims, HoldClaims holds) {
        return claims.takenOut() + holds.takenOut() + " units taken out again; the stores' records stay, at 0";
    }

    private void takeBackWhatIsLeft(Claims claims, HoldClaims holds) {
        try {
            String _ = cleanedUp(claims, holds);
        } catch (RuntimeException | AssertionError e) {
            out.accept("  the stock of store " + store + " could not be taken back: " + e.getMessage());
        }
    }

    private void step(String claim, Callable<String> check) {
        long start = System.nanoTime();
        long limitedBefore = waits.limited();
        String seen;
        try {
            seen = check.call();
        } catch (ProofFailedException e) {
            throw new ProofFailedException(claim + ": " + e.getMessage());
        } catch (Exception | AssertionError e) {
            throw new ProofFailedException(claim + ": " + e);
        }
        long limited = waits.limited() - limitedBefore;
        out.accept(String.format(
                Locale.ROOT,
                "  %-22s %s (%.1f s%s)",
                claim,
                seen,
                (System.nanoTime() - start) / 1e9,
                limited == 0 ? "" : ", rate-limited " + limited + " times"));
    }

    private String history() {
        Verdict verdict = history.check();
        if (!verdict.violations().isEmpty()) {
            throw new ProofFailedException(verdict.toString());
        }
        return verdict + "; sent away " + waits.limited() + " times by the rate limit and " + waits.unavailable()
                + " otherwise, " + waits.broken() + " connections broken";
    }
}
