package retail.inventory.boot;

import java.util.TreeMap;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.stereotype.Component;
import retail.inventory.access.Access;
import retail.inventory.access.AuditTrail;

/** Says in the trail that the service starts, who may use it, and by the hash of its settings whether these are others. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class TrailStart implements ApplicationRunner {

    private final AuditTrail trail;
    private final Access access;
    private final ConfigurableEnvironment environment;

    TrailStart(AuditTrail trail, Access access, ConfigurableEnvironment environment) {
        this.trail = trail;
        this.access = access;
        this.environment = environment;
    }

    @Override
    public void run(ApplicationArguments args) {
        trail.started(access.mode(), settings(environment));
    }

    @EventListener(ApplicationReadyEvent.class)
    void ready() {
        trail.tellHeads();
    }

    /** All that application.yaml has, and what others set of its kind, in a fixed order. */
    static String settings(ConfigurableEnvironment environment) {
        TreeMap<String, String> settings = new TreeMap<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> named) {
                for (String name : named.getPropertyNames()) {
                    if (name.matches("(inventory|server|spring|management|logging)\\..*")) {
                        settings.put(name, String.valueOf(environment.getProperty(name)));
                    }
                }
            }
        }
        return settings.toString();
    }
}
