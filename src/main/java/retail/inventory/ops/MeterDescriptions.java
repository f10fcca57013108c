package retail.inventory.ops;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says what is measured where those who measure it, libraries of ours, leave it out. */
@Component
class MeterDescriptions implements MeterFilter {

    private static final String SESSIONS = " (the service makes no sessions)";

    private static final Map<String, String> BY_NAME = Map.of(
            "tasks.scheduled.execution", "how long scheduled tasks took",
            "tasks.scheduled.execution.active", "scheduled tasks that run now, and since when",
            "tomcat.sessions.active.current", "HTTP sessions now" + SESSIONS,
            "tomcat.sessions.active.max", "the most HTTP sessions there were at once" + SESSIONS,
            "tomcat.sessions.alive.max", "how long the longest HTTP session lived" + SESSIONS,
            "tomcat.sessions.created", "HTTP sessions made" + SESSIONS,
            "tomcat.sessions.expired", "HTTP sessions that ended by their age" + SESSIONS,
            "tomcat.sessions.rejected", "HTTP sessions not made, for there were too many" + SESSIONS);

    @Override
    public Meter.Id map(Meter.Id id) {
        @Nullable String description = BY_NAME.get(id.getName());
        boolean has = id.getDescription() != null && !id.getDescription().isBlank();
        return has || description == null
                ? id
                : new Meter.Id(
                        id.getName(), Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), description, id.getType());
    }
}
