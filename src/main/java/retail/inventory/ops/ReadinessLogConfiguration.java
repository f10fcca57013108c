package retail.inventory.ops;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import retail.inventory.admission.Door;
import retail.inventory.central.SyncWorker;

/** Has readiness looked at every second, from the moment it was reached until the service stops. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class ReadinessLogConfiguration {

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
    Looks readinessLooks(ReadinessLog log, Door door) {
        return new Looks(log, door);
    }

    /** When it is looked at. */
    static final class Looks {
        private final ReadinessLog log;
        private final Door door;
        private volatile boolean started;

        private Looks(ReadinessLog log, Door door) {
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
