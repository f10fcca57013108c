package retail.inventory.admission;

import io.github.bucket4j.Bucket;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import retail.inventory.lincheck.Linearizability;

/** Token buckets under several threads: as many requests come in as there are tokens. */
@Isolated("Lincheck rewrites classes that others use")
class RateLimitLinearizabilityIT {

    private static final int BURST = 3;

    @Test
    void bucketsAreLinearizableUnderStress() {
        Linearizability.stress(Buckets.class);
    }

    @Test
    void bucketsAreLinearizableWhateverTheSwitches() {
        Linearizability.modelCheck(OneBucket.class);
    }

    @Test
    void aTokenThatIsTakenTwiceIsFound() {
        Linearizability.requireFound(ReadThenWritten.class);
    }

    /** Two clients and the clock. */
    @Param(name = "client", gen = IntGen.class, conf = "1:2")
    public static class Buckets {

        private final AtomicLong nanos = new AtomicLong();
        final RateLimit limit = new RateLimit(1, BURST, nanos::get, 10);

        @Operation
        public String take(@Param(name = "client") int client) {
            return told(limit.take("client " + client, 1));
        }

        static String told(RateLimit.Verdict verdict) {
            return (verdict.admitted() ? "admitted, " : "refused, ") + verdict.remaining();
        }

        @Operation
        public void aSecondPasses() {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        }
    }

    /** Without the table of clients: its own tidying runs in threads of its own, whose switches nobody can choose. */
    public static class OneBucket extends Buckets {
        private final Bucket bucket = limit.bucket();

        @Override
        public String take(int client) {
            return told(RateLimit.take(bucket, 1));
        }
    }

    /** A bucket that is read, and written back a moment later. */
    public static class ReadThenWritten extends Buckets {
        private final ConcurrentMap<Integer, Integer> tokens = new ConcurrentHashMap<>();

        @Override
        public String take(int client) {
            int left = tokens.getOrDefault(client, BURST);
            if (left == 0) {
                return "refused, 0";
            }
            tokens.put(client, left - 1);
            return "admitted, " + (left - 1);
        }
    }
}
