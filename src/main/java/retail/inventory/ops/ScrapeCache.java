package retail.inventory.ops;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.OperationType;
import org.springframework.boot.actuate.endpoint.Producible;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvoker;
import org.springframework.boot.actuate.endpoint.invoke.OperationInvokerAdvisor;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameter;
import org.springframework.boot.actuate.endpoint.invoke.OperationParameters;
import org.springframework.stereotype.Component;

/**
 * What a scrape answers is worked out once a second at most, however many ask: all meters as text cost as much as dozens of
 * requests. Actuator's own cache leaves out endpoints with several formats, as Prometheus's. Safe for use by several threads.
 */
@Component
class ScrapeCache implements OperationInvokerAdvisor {

    private static final EndpointId PROMETHEUS = EndpointId.of("prometheus");
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private final Lock lock = new ReentrantLock();
    private final Map<Object, Kept> kept = new HashMap<>();

    private record Kept(@Nullable Object answer, long atNanos) {}

    @Autowired
    ScrapeCache() {
        this(System::nanoTime);
    }

    ScrapeCache(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * An answer that is a second old at most.
     *
     * @param format of few that there are: one answer is kept for each
     */
    @Nullable
    Object get(Object format, Supplier<@Nullable Object> work) {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            Kept before = kept.get(format);
            if (before != null && now - before.atNanos < FRESH_NANOS) {
                return before.answer;
            }
            @Nullable Object answer = work.get();
            kept.put(format, new Kept(answer, now));
            return answer;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public OperationInvoker apply(
            EndpointId endpoint, OperationType type, OperationParameters parameters, OperationInvoker invoker) {
        if (!endpoint.equals(PROMETHEUS)) {
            return invoker;
        }
        return context -> {
            boolean isPart = context.getArguments().values().stream().anyMatch(argument -> argument != null);
            Object format = format(parameters, context::resolveArgument);
            return isPart ? invoker.invoke(context) : get(format, () -> invoker.invoke(context));
        };
    }

    private interface Resolver {
        @Nullable
        Object resolve(Class<?> type);
    }

    private static Object format(OperationParameters parameters, Resolver resolver) {
        for (OperationParameter parameter : parameters) {
            if (Producible.class.isAssignableFrom(parameter.getType())) {
                return Objects.requireNonNull(resolver.resolve(parameter.getType()));
            }
        }
        return PROMETHEUS;
    }
}
