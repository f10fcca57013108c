package retail.inventory.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import retail.inventory.history.History.State;
import retail.inventory.history.Outcome.Accepted;

/**
 * Whether one store of stock can have given all these answers.
 *
 * <p>Per SKU ({@link SkuCheck}): versions are contiguous and unique, each quantity is the one before plus the change,
 * none is negative, so no more was sold than there was; there are moments, in the order of versions, at which the changes
 * can have been made and the states seen, each between the beginning and the end of its operation; and each refusal is
 * right by the state it shows. Per key ({@link KeyCheck}): one effect. Over all: one place in the log for each change, in
 * an order that agrees with time; a change of several SKUs has one place for all of them.
 *
 * <p>A change with unknown outcome may have been made, once, at any time after its beginning; missing versions are
 * filled by such changes, whose number and amounts must come out ({@link Gaps}).
 */
final class HistoryCheck {

    private final List<Operation> operations;
    private final Map<String, State> given;
    private final Sightings sightings;
    private final Violations violations = new Violations();
    private final KeyCheck keys = new KeyCheck(violations);
    private final List<Effect> effects = new ArrayList<>();
    private final List<Operation> unknown = new ArrayList<>();
    private final List<Operation> shown = new ArrayList<>();
    private final Map<String, SkuCheck> skus = new HashMap<>();
    private long refused;
    private long reads;

    HistoryCheck(List<Operation> operations, Map<String, State> given, Sightings sightings) {
        this.operations = operations;
        this.sightings = sightings;
        this.given = given;
    }

    Verdict run() {
        operations.forEach(this::sort);
        keys.collect(effects, unknown);
        effects.forEach(effect -> sku(effect.asked().sku()).add(effect));
        shown.forEach(operation -> sku(operation.asked().sku()).add(operation, keys.startOf(operation)));
        unknown.forEach(operation -> sku(operation.asked().sku()).addUnknown(operation));
        sightings.states().forEach(each -> sku(each.sku()).add(each));
        sightings.contradictions().forEach(violations::add);
        long found = 0;
        for (SkuCheck sku : skus.values()) {
            found += sku.run();
        }
        requireOneLog();
        return new Verdict(operations.size(), effects.size(), refused, reads, unknown.size(), found, violations.told());
    }

    private void sort(Operation operation) {
        String key = operation.asked().key();
        if (key != null) {
            keys.add(key, operation);
        }
        switch (operation.outcome()) {
            case Accepted answer -> {
                if (key == null) {
                    effects.add(new Effect(operation.asked(), answer, operation, operation));
                }
            }
            case Outcome.Refused answer -> {
                refused++;
                shown.add(operation);
            }
            case Outcome.Shown answer -> {
                reads++;
                shown.add(operation);
            }
            case Outcome.Unknown none -> {
                if (key == null && operation.asked().delta() != 0) {
                    unknown.add(operation);
                }
            }
            case Outcome.KeyReused reused -> refused++;
            case Outcome.Nothing nothing -> {}
        }
    }

    private SkuCheck sku(String sku) {
        return skus.computeIfAbsent(
                sku, name -> new SkuCheck(name, given.getOrDefault(name, State.ABSENT), violations));
    }

    /** Places in the log are unique and in an order that agrees with time: what was acknowledged before comes before. */
    private void requireOneLog() {
        effects.sort(Comparator.comparingLong(effect -> effect.answer().sequence()));
        Set<Object> ids = new HashSet<>(effects.size() * 2);
        @Nullable Effect before = null;
        @Nullable Effect latest = null;
        int parts = 0;
        for (Effect effect : effects) {
            boolean together = before != null && arePartsOfOne(before, effect);
            parts = together ? parts + 1 : 1;
            if (!together
                    && before != null
                    && before.answer().sequence() == effect.answer().sequence()) {
                violations.add("Two changes have the same place in the log", before, effect);
            }
            Object shown = sightings.events().get(effect.answer().sequence());
            if (shown != null && !shown.equals(effect.answer().eventId())) {
                violations.add("Another event was shown at the place in the log of this one: " + shown, effect);
            }
            if (!together && !ids.add(effect.answer().eventId())) {
                violations.add("Two changes have the same event id, one of them this", effect);
            }
            if (parts > Math.max(1, effect.asked().all().size())) {
                violations.add("A change has more parts than were asked for", effect);
            }
            if (latest == null || effect.since().start() > latest.since().start()) {
                latest = effect;
            }
            if (latest.since().start() > effect.by().end()) {
                violations.add(
                        "The first began after the second had ended, and is before it in the log", latest, effect);
            }
            before = effect;
        }
    }

    private static boolean arePartsOfOne(Effect one, Effect other) {
        return one.answer().sequence() == other.answer().sequence()
                && one.answer().eventId().equals(other.answer().eventId())
                && !one.asked().sku().equals(other.asked().sku())
                && !one.asked().all().isEmpty()
                && one.asked().all().equals(other.asked().all());
    }
}
