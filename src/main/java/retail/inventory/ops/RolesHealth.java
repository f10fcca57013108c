package retail.inventory.ops;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;
import retail.inventory.files.RoleLock;

/** Which roles this process has of those that one of several has at a time. To stand by is no failure. */
@Component("rolesHealthIndicator")
class RolesHealth implements HealthIndicator, MeterBinder {

    private final List<RoleLock> roles;

    RolesHealth(ObjectProvider<RoleLock> roles) {
        this.roles = roles.stream().toList();
    }

    /** Holder or standby, by the role's name; null in a process that is alone. */
    @Nullable
    Map<String, String> ofSeveral() {
        Map<String, String> now = new TreeMap<>();
        roles.stream().filter(RoleLock::isShared).forEach(role -> now.put(role.name(), word(role)));
        return now.isEmpty() ? null : now;
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        roles.forEach(role -> health.withDetail(role.name(), word(role)));
        return health.build();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        for (RoleLock role : roles) {
            Gauge.builder("inventory.role", role, one -> one.isHeld() ? 1 : 0)
                    .description("1 while this process has a role that one at a time has, 0 while it stands by")
                    .tag("role", role.name())
                    .register(registry);
        }
    }

    private static String word(RoleLock role) {
        return role.state().name().toLowerCase(Locale.ROOT);
    }
}
