package retail.inventory.ops;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.stereotype.Component;
import retail.inventory.admission.Door;

/**
 * Stops the service in good order on SIGTERM or SIGINT: not ready any more, nothing new that changes something, what is
 * under way ends, then log, central view, inventory files and snapshot are written, and the process ends with 0. A second
 * signal, or the end of the time for all this, ends it at once: what was acknowledged is in the log since before it was.
 *
 * <p>The JVM's own handling of signals ends a process with 143 and takes no second one, hence {@link ProcessSignal}.
 */
@Component
@ConditionalOnBooleanProperty("inventory.signals")
class SignalShutdown implements InitializingBean {

    private static final Logger LOG = LoggerFactory.getLogger(SignalShutdown.class);

    private static final int EXIT_TIME_IS_UP = 1;

    /** A ctrl-C reaches a process twice when the build tool that started it passes it on: so soon, it is the same one. */
    private static final long SAME_SIGNAL_NANOS = Duration.ofMillis(500).toNanos();

    private static final long NONE = 0;

    private final ConfigurableApplicationContext context;
    private final Door door;
    private final ShutdownProperties properties;
    private final AtomicLong firstNanos = new AtomicLong(NONE);

    SignalShutdown(ConfigurableApplicationContext context, Door door, ShutdownProperties properties) {
        this.context = context;
        this.door = door;
        this.properties = properties;
    }

    @Override
    public void afterPropertiesSet() {
        for (ProcessSignal signal : ProcessSignal.values()) {
            if (!signal.handle(() -> received(signal))) {
                LOG.warn("SIG{} is left to the JVM, which ends the process with {}", signal, signal.exitCode());
            }
        }
    }

    private void received(ProcessSignal signal) {
        long now = System.nanoTime() | 1; // never NONE
        if (firstNanos.compareAndSet(NONE, now)) {
            // Not a daemon, as the thread it is started by: the process would end with the last other one, half
            // stopped.
            Thread.ofPlatform().daemon(false).name("shutdown").start(() -> stop(signal));
            Thread.ofPlatform().name("shutdown-watchdog").daemon().start(this::endWhenTimeIsUp);
        } else if (now - firstNanos.get() > SAME_SIGNAL_NANOS) {
            LOG.warn("A second signal: stopping at once. What was acknowledged is in the log.");
            Runtime.getRuntime().halt(signal.exitCode());
        }
    }

    private void stop(ProcessSignal signal) {
        LOG.info("Stopping on SIG{}: within {} ms, or at once on a second signal", signal, properties.timeoutMs());
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        door.close();
        if (!door.awaitEmpty(properties.drain())) {
            LOG.warn("Some changes are still under way; they are cut off, their clients do not know the outcome");
        }
        int code = SpringApplication.exit(context);
        LOG.info("Stopped");
        System.exit(code);
    }

    private void endWhenTimeIsUp() {
        long end = System.nanoTime() + Duration.ofMillis(properties.timeoutMs()).toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        LOG.error(
                "Not stopped within {} ms: ending at once. What was acknowledged is in the log.",
                properties.timeoutMs());
        Runtime.getRuntime().halt(EXIT_TIME_IS_UP);
    }
}
