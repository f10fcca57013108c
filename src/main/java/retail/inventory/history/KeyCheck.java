package retail.inventory.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import retail.inventory.history.Operation.Asked;
import retail.inventory.history.Outcome.Accepted;

/** One effect per idempotency key: brings the operations with a key together, and finds keys with two effects. */
final class KeyCheck {

    private final Violations violations;
    private final Map<String, Map<Asked, Sendings>> keys = new HashMap<>();

    /** All sendings of one request with one key. */
    private static final class Sendings {
        private final List<Operation> accepted = new ArrayList<>();
        private final List<Operation> reused = new ArrayList<>();
        private @Nullable Operation original;
        private @Nullable Operation firstUnknown;
        private long firstStart = Long.MAX_VALUE;
    }

    KeyCheck(Violations violations) {
        this.violations = violations;
    }

    void add(String key, Operation operation) {
        Sendings sendings = keys.computeIfAbsent(key, one -> new LinkedHashMap<>(2))
                .computeIfAbsent(operation.asked(), request -> new Sendings());
        sendings.firstStart = Math.min(sendings.firstStart, operation.start());
        switch (operation.outcome()) {
            case Accepted accepted -> accepted(sendings, accepted, operation);
            case Outcome.Unknown unknown -> {
                Operation first = sendings.firstUnknown;
                if (first == null || operation.start() < first.start()) {
                    sendings.firstUnknown = operation;
                }
            }
            case Outcome.KeyReused reused -> sendings.reused.add(operation);
            case Outcome.Refused refused -> {}
            case Outcome.Shown shown -> {}
            case Outcome.Nothing nothing -> {}
        }
    }

    /** When a request that was refused may have been decided from: a twin of it in flight may have been it. */
    long startOf(Operation refused) {
        Map<Asked, Sendings> requests =
                keys.getOrDefault(String.valueOf(refused.asked().key()), Map.of());
        Sendings sendings = requests.get(refused.asked());
        return sendings == null ? refused.start() : sendings.firstStart;
    }

    /** All effects of keys, and one possible effect for each key of which nobody knows. */
    void collect(List<Effect> effects, List<Operation> unknown) {
        keys.forEach((key, requests) -> {
            @Nullable Operation accepted = null;
            for (Sendings sendings : requests.values()) {
                if (!sendings.accepted.isEmpty()) {
                    if (accepted != null) {
                        violations.add("A key was accepted for two requests", accepted, sendings.accepted.getFirst());
                    }
                    accepted = sendings.accepted.getFirst();
                    effects(sendings, effects);
                } else if (sendings.firstUnknown != null) {
                    unknown.add(sendings.firstUnknown);
                }
                sendings.reused.forEach(operation -> requireOther(operation, requests));
            }
        });
    }

    private void accepted(Sendings sendings, Accepted answer, Operation operation) {
        sendings.accepted.add(operation);
        if (!answer.replayed()) {
            if (sendings.original != null) {
                violations.add("A key took effect twice, each as if it were the first", sendings.original, operation);
            }
            sendings.original = operation;
        }
    }

    private void effects(Sendings sendings, List<Effect> effects) {
        Operation since = sendings.original == null ? sendings.firstUnknown : sendings.original;
        Operation first = sendings.accepted.getFirst();
        if (since == null) {
            violations.add("A repetition was answered, but of nothing that was sent before", first);
            since = first;
        }
        Operation by = first;
        Accepted answer = (Accepted) first.outcome();
        for (Operation again : sendings.accepted) {
            Accepted same = (Accepted) again.outcome();
            if (same.version() != answer.version()
                    || same.qty() != answer.qty()
                    || same.sequence() != answer.sequence()
                    || !same.eventId().equals(answer.eventId())) {
                violations.add("A key has two answers", first, again);
                effects.add(new Effect(again.asked(), same, again, again));
            } else if (again.end() < by.end()) {
                by = again;
            }
        }
        effects.add(new Effect(first.asked(), answer, since, by));
    }

    private void requireOther(Operation operation, Map<Asked, Sendings> requests) {
        boolean other = requests.entrySet().stream()
                .filter(one -> !one.getKey().equals(operation.asked()))
                .anyMatch(one -> !one.getValue().accepted.isEmpty() || one.getValue().firstUnknown != null);
        if (!other) {
            violations.add("A key is said to belong to another request, but there is none", operation);
        }
    }
}
