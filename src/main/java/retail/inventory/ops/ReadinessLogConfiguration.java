package retail.inventory.ops;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.task.SimpleAsyncTaskSchedulerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import retail.inventory.admission.Admission;
import retail.inventory.central.SyncWorker;
import retail.inventory.process.Defects;

/** Has readiness looked at every second, from the moment it was reached until the service stops. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ReadinessLogConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(ReadinessLogConfiguration.class);
    private static final long EVERY_MS = 1000;

    @Bean
    ReadinessLog readinessLog(
            HealthController health, ObjectProvider<CentralHealth> central, ObjectProvider<SyncWorker> worker) {
        return new ReadinessLog(health::missing, () -> {
            CentralHealth one = central.getIfAvailable();
            return one == null || one.isStandingBy() ? null : worker.getObject().freshness();
        });
    }

    @Bean
    Looks readinessLooks(ReadinessLog log, Admission door) {
        return new Looks(log, door);
    }

    /** What is done by the clock, here and elsewhere, goes on after a defect as well. */
    @Bean
    SimpleAsyncTaskSchedulerCustomizer defectsOfScheduledTasks() {
        return scheduler -> scheduler.setErrorHandler(defect -> {
            Defects.caught(defect);
            LOG.error("A task met a defect; it goes on", defect);
        });
    }

    /** When it is looked at. */
    static final class Looks {
        private final ReadinessLog log;
        private final Admission door;
        private volatile boolean started;

        private Looks(ReadinessLog log, Admission door) {
            this.log = log;
            this.door = door;
        }

        @EventListener(ApplicationReadyEvent.class)
        void begin() {
            started = true;
        }

        @Scheduled(fixedDelay = EVERY_MS)
        void look() {
            if (started && !door.isClosing()) {
                log.look();
            }
        }
    }
}
