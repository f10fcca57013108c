package retail.inventory.boot;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import retail.inventory.admission.Admission;
import retail.inventory.process.ProcessOutput;

/**
 * Stops the service in good order on SIGTERM, SIGINT or SIGHUP: not ready any more, nothing new that changes something, what is
 * under way ends, then log, central view, inventory files and snapshot are written, and the process ends with 0. A second
 * signal, or the end of the time for all this, ends it at once, and so does a signal while it starts: what was acknowledged
 * is in the log since before it was.
 *
 * <p>The JVM's own handling of signals ends a process with 143 and takes no second one, hence {@link ProcessSignal}. Named
 * in spring.factories, so that signals are handled before anything is opened; only for a process that is ours alone, which
 * {@code main} says by the property {@code inventory.signals}.
 */
final class SignalShutdown implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger LOG = LoggerFactory.getLogger(SignalShutdown.class);

    private static final int EXIT_IN_ORDER = 0;
    private static final int EXIT_TIME_IS_UP = 1;

    /** A ctrl-C reaches a process twice when the build tool that started it passes it on: so soon, it is the same one. */
    private static final long SAME_SIGNAL_NANOS = Duration.ofMillis(500).toNanos();

    private static final long NONE = 0;

    private final AtomicLong firstNanos = new AtomicLong(NONE);
    private volatile boolean ready;
    private volatile int exitCode = EXIT_TIME_IS_UP;

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        if (!context.getEnvironment().getProperty("inventory.signals", Boolean.class, false)) {
            return;
        }
        context.addApplicationListener((ApplicationListener<ApplicationReadyEvent>) event -> ready = true);
        for (ProcessSignal signal : ProcessSignal.values()) {
            if (!signal.handle(() -> received(signal, context))) {
                LOG.warn("SIG{} is left to the JVM, which ends the process with {}", signal, signal.exitCode());
            }
        }
    }

    private void received(ProcessSignal signal, ConfigurableApplicationContext context) {
        long now = System.nanoTime() | 1; // never NONE
        if (firstNanos.compareAndSet(NONE, now)) {
            // Not a daemon, as the thread it is started by: the process would end with the last other one, half
            // stopped.
            Thread.ofPlatform().daemon(false).name("shutdown").start(() -> stop(signal, context));
        } else if (now - firstNanos.get() > SAME_SIGNAL_NANOS) {
            LOG.warn("A second signal: stopping at once. What was acknowledged is in the log.");
            ProcessOutput.halt(signal.exitCode());
        }
    }

    private void stop(ProcessSignal signal, ConfigurableApplicationContext context) {
        if (!ready) {
            LOG.info("Stopped by SIG{} while starting", signal);
            ProcessOutput.halt(EXIT_IN_ORDER); // closing what is being opened would do no more, and race with it
        }
        ShutdownProperties properties = context.getBean(ShutdownProperties.class);
        LOG.info("Stopping on SIG{}: within {} ms, or at once on a second signal", signal, properties.timeoutMs());
        Thread.ofPlatform().daemon().name("shutdown-watchdog").start(() -> endWhenTimeIsUp(properties.timeoutMs()));
        try {
            Admission door = context.getBean(Admission.class);
            door.close();
            AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
            if (!door.awaitEmpty(properties.drain())) {
                LOG.warn("Some changes are still in flight and are cut off; their clients do not know the outcome");
            }
            int code = SpringApplication.exit(context);
            LOG.info("Stopped");
            exitCode = code; // after the line: what is left of the time is for its way out
        } catch (RuntimeException | Error e) {
            LOG.error("Stopping failed. What was acknowledged is in the log.", e);
        } finally {
            System.exit(exitCode);
        }
    }

    private void endWhenTimeIsUp(long timeoutMs) {
        long end = System.nanoTime() + Duration.ofMillis(timeoutMs).toNanos();
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        if (exitCode == EXIT_IN_ORDER) {
            Runtime.getRuntime().halt(EXIT_IN_ORDER); // all is done but for what others do at an end
        }
        LOG.error("Not stopped within {} ms: ending at once. What was acknowledged is in the log.", timeoutMs);
        ProcessOutput.halt(EXIT_TIME_IS_UP);
    }
}
