package retail.inventory.prove;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import retail.inventory.history.History;
import retail.inventory.history.Verdict;
import retail.inventory.lab.Answer;
import retail.inventory.lab.Connection;
import retail.inventory.prove.ProvingClient.Waits;

/** A program that checks the promises of a running service from outside, by storms on a store of its own. */
public final class Prove {

    private static final int PROVED = 0;
    private static final int FAILED = 1;
    private static final int NOT_STARTED = 2;

    private final ProveSettings settings;
    private final PrintStream out;
    private final History history = new History();
    private final Waits waits = new Waits();
    private final String store =
            "PROVE-" + Integer.toHexString(ThreadLocalRandom.current().nextInt());

    private Prove(ProveSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Exits with 0 when all was proved, 1 when something failed, 2 on bad arguments and without a service. */
    public static void main(String[] args) {
        System.exit(exitStatus(args, System.out));
    }

    static int exitStatus(String[] args, PrintStream out) {
        ProveSettings settings;
        try {
            settings = ProveSettings.parse(args);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            out.println(ProveSettings.USAGE);
            return NOT_STARTED;
        }
        try (Connection connection = new Connection(settings.baseUrl())) {
            Answer ready = connection.get(settings.baseUrl().getRawPath() + "/health/readiness");
            if (ready.status() != 200) {
                out.println("The service at " + settings.baseUrl() + " is not ready: " + ready.status() + " "
                        + ready.body());
                return NOT_STARTED;
            }
        } catch (IOException e) {
            out.println("No service answers at " + settings.baseUrl() + ": " + e);
            return NOT_STARTED;
        }
        return new Prove(settings, out).run();
    }

    private int run() {
        out.println("Proving " + settings.baseUrl() + " with " + settings.clients() + " clients, store " + store);
        List<ProvingClient> clients = Stream.generate(
                        () -> new ProvingClient(settings.baseUrl(), store, history, waits))
                .limit(settings.clients())
                .toList();
        Claims claims = new Claims(settings, clients, out);
        try {
            step("never oversold", claims::neverOversold);
            step("one effect per key", claims::oneEffectPerKey);
            step("versions, own writes", claims::versionsAndOwnWrites);
            step("clean up", claims::cleanedUp);
            long changes = claims.acknowledged().stream().distinct().count();
            if (claims.centralIsServed()) {
                FeedClaim feed = new FeedClaim(settings.baseUrl(), store, clients.getFirst(), claims.acknowledged());
                step("feed complete", feed::complete);
            } else {
                out.println("  the feed is not served here: ask the process with the role worker");
            }
            step("whole history", this::history);
            out.printf(
                    Locale.ROOT,
                    "PROVED: accepted ≤ stock, lost 0, doubled 0, violations 0 (%d operations, %d changes)%n",
                    history.size(),
                    changes);
            return PROVED;
        } catch (ProofFailedException e) {
            takeBackWhatIsLeft(claims);
            out.println("FAILED: " + e.getMessage());
            return FAILED;
        } finally {
            clients.forEach(ProvingClient::close);
        }
    }

    private void takeBackWhatIsLeft(Claims claims) {
        try {
            String _ = claims.cleanedUp();
        } catch (RuntimeException | AssertionError e) {
            out.println("  the stock of store " + store + " could not be taken back: " + e.getMessage());
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
        out.printf(
                Locale.ROOT,
                "  %-22s %s (%.1f s%s)%n",
                claim,
                seen,
                (System.nanoTime() - start) / 1e9,
                limited == 0 ? "" : ", rate-limited " + limited + " times");
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
