package retail.inventory.web.stock;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import retail.inventory.service.Answer;
import retail.inventory.service.LimitReachedException;
import retail.inventory.service.ServiceUnavailableException;
import retail.inventory.service.TooManyKeysException;
import retail.inventory.stock.Decision.Reason;

/** What became of the changes of one operation. All series are there from the start, so that a first one is a rise. */
final class CommitMetrics {

    private static final long[] LIMITS_MS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000};

    private final Timer latency;
    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
    private final Map<Reason, Counter> rejections = new EnumMap<>(Reason.class);
    private final Counter reusedKeys;

    private enum Outcome {
        ACCEPTED,
        REPLAYED,
        REJECTED,
        UNAVAILABLE,
        UNKNOWN
    }

    /** Of a change of one SKU. */
    CommitMetrics(MeterRegistry registry, String operation) {
        this(
                registry,
                operation,
                EnumSet.of(
                        Reason.UNKNOWN_SKU, Reason.VERSION_CONFLICT, Reason.INSUFFICIENT_STOCK, Reason.ABOVE_MAXIMUM));
    }

    /**
     * Of an operation.
     *
     * @param reasons why it may be rejected
     */
    CommitMetrics(MeterRegistry registry, String operation, Set<Reason> reasons) {
        latency = Timer.builder("inventory.commit")
                .description("how long accepted changes took, from their admission until they were durable")
                .tag("operation", operation)
                .serviceLevelObjectives(
                        LongStream.of(LIMITS_MS).mapToObj(Duration::ofMillis).toArray(Duration[]::new))
                .register(registry);
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(
                    outcome,
                    Counter.builder("inventory.commits")
                            .description("changes that were asked for, by what became of them")
                            .tag("operation", operation)
                            .tag("outcome", word(outcome))
                            .register(registry));
        }
        for (Reason reason : reasons) {
            rejections.put(reason, rejections(registry, operation, word(reason)));
        }
        reusedKeys = rejections(registry, operation, "key_reused");
    }

    private static Counter rejections(MeterRegistry registry, String operation, String reason) {
        return Counter.builder("inventory.rejections")
                .description("changes that were rejected, by the reason")
                .tag("operation", operation)
                .tag("reason", reason)
                .register(registry);
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The answer to a change, counted and timed, also when there is none. */
    Answer measured(Supplier<Answer> change) {
        long start = System.nanoTime();
        Answer answer;
        try {
            answer = change.get();
        } catch (RuntimeException | Error e) {
            failed(e);
            throw e;
        }
        answered(answer, System.nanoTime() - start);
        return answer;
    }

    private void answered(Answer answer, long tookNanos) {
        switch (answer) {
            case Answer.Accepted accepted when accepted.replayed() -> count(Outcome.REPLAYED);
            case Answer.Accepted accepted -> {
                count(Outcome.ACCEPTED);
                latency.record(tookNanos, TimeUnit.NANOSECONDS);
            }
            case Answer.Already already -> count(Outcome.REPLAYED);
            case Answer.Refused refused -> {
                count(Outcome.REJECTED);
                requireNonNull(rejections.get(refused.rejection().reason())).increment();
            }
            case Answer.KeyReused reused -> {
                count(Outcome.REJECTED);
                reusedKeys.increment();
            }
        }
    }

    /** Unavailable when it is certain that nothing was changed. */
    private void failed(Throwable failure) {
        count(
                switch (failure) {
                    case ServiceUnavailableException _ -> Outcome.UNAVAILABLE;
                    case LimitReachedException _ -> Outcome.REJECTED;
                    case TooManyKeysException _ -> Outcome.REJECTED;
                    default -> Outcome.UNKNOWN;
                });
    }

    private void count(Outcome outcome) {
        requireNonNull(outcomes.get(outcome)).increment();
    }
}
