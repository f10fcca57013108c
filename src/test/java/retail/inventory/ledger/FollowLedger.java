package retail.inventory.ledger;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Locale;
import retail.inventory.ledger.FollowRun.Followed;

/**
 * A program that replays a ledger against the service's api process while it kills the worker process again and again,
 * and says whether the worker's central view and its feed of changes are exactly what the stores hold.
 *
 * <p>Starts and ends the processes itself: {@code java src/test/java/retail/inventory/ledger/FollowLedger.java --jar
 * target/inventory-service.jar --file retail-ledger.csv.gz --lines 60000 --kills 5}.
 */
public final class FollowLedger {

    private FollowLedger() {}

    /** Exits with 0 when nothing differs, 1 when something does or there is no verdict, 2 on bad arguments. */
    public static void main(String[] args) throws InterruptedException {
        Locale.setDefault(Locale.ROOT); // so that figures look alike everywhere
        System.exit(exitStatus(args, System.out, System.err));
    }

    static int exitStatus(String[] args, PrintStream out, PrintStream err) throws InterruptedException {
        FollowSettings settings;
        try {
            settings = FollowSettings.parse(args);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println(FollowSettings.USAGE);
            return 2;
        }
        try {
            boolean ok = run(settings, out);
            out.println(ok ? "FOLLOW OK" : "FOLLOW MISMATCH");
            return ok ? 0 : 1;
        } catch (ReplayException | IOException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static boolean run(FollowSettings settings, PrintStream out) throws InterruptedException, IOException {
        Ledger ledger = Ledger.read(settings.file(), settings.lines(), "");
        // Every accepted write is one event and one version, so the plain loop knows how long the log must be.
        long events = PlainLoop.over(ledger).versions();
        Verdict verdict = new Verdict(out);
        try (ServiceUnderTest service = new ServiceUnderTest(settings.jar(), settings.oneProcess())) {
            out.printf(
                    "api at %s, worker at %s%n",
                    service.api().uri(), service.worker().uri());
            Followed followed = new FollowRun(service, settings, events, out).run();
            followed.replayed().print(out);
            new FollowChecks(service, events, verdict).run(ledger.stores(), followed);
        }
        return verdict.ok();
    }
}
