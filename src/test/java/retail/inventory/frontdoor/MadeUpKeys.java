package retail.inventory.frontdoor;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import retail.inventory.lab.Findings;
import retail.inventory.lab.LoadGenerator;
import retail.inventory.lab.Outcome;
import retail.inventory.lab.Outcomes;
import retail.inventory.lab.Pace;
import retail.inventory.lab.Requests;

/** Reads by a client that makes up another key for each, so that a limit by key would be none. */
final class MadeUpKeys {

    private static final int AT_ONCE = 16;
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    private MadeUpKeys() {}

    /** Sends so many, at least; how many of them came in. */
    static long send(int count, URI service, String from, String path) throws IOException {
        AtomicInteger next = new AtomicInteger();
        Requests madeUp = () -> ByteBuffer.wrap(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: made-up-"
                        + next.getAndIncrement() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        Findings closed = new Findings(NOWHERE); // connections may be, when they run out
        long sent = 0;
        long cameIn = 0;
        try (LoadGenerator generator = new LoadGenerator(service, InetAddress.ofLiteral(from), madeUp, closed)) {
            while (sent < count) {
                Outcomes outcomes = generator.run(new Pace.Closed(AT_ONCE), Duration.ofMillis(500), soFar -> {});
                generator.drain();
                sent += outcomes.sent();
                cameIn += outcomes.count(Outcome.ACCEPTED);
            }
        }
        return cameIn;
    }
}
