package retail.inventory.acceptance;

import java.time.Instant;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** A clock of a service that shows what its test sets. */
final class SetClock {

    static final Instant START = Instant.parse("2026-11-22T10:00:00.000Z");

    private static volatile Instant now = START;

    private SetClock() {}

    /** Puts the clock in place of the machine's. */
    static class Clocks {

        @Bean
        @Primary
        static InstantSource setClock() {
            return () -> now;
        }
    }

    /** A service with this clock. */
    static RunningService service() {
        return new RunningService(
                "--inventory.admission.rate-limit-rps=0",
                "--inventory.admission.load-shed-queue-max=1000",
                "--spring.main.sources=" + Clocks.class.getName());
    }

    /** It is so long after the start. */
    static void shows(long millis) {
        now = START.plusMillis(millis);
    }
}
