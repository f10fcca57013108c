package retail.inventory.lab;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import retail.inventory.history.Facts.State;

/**
 * What clients were told of holds, and of the stock that these are of: stores of their own, since a history knows no holds. Safe
 * for any number of threads.
 */
public final class HoldRecord {

    static final List<String> STORES = List.of("W1", "W2");

    /** All SKUs of these stores, as {@code store/sku}: as many as a hold may have lines. */
    static final List<String> PLACES = STORES.stream()
            .flatMap(store -> IntStream.range(0, 50).mapToObj(sku -> store + "/P" + sku))
            .toList();

    private final List<Told> acknowledged = new ArrayList<>();
    private final Map<String, HoldWish> unknown = new HashMap<>();
    private final Map<State, Long> shown = new HashMap<>();
    private final List<String> contradictions = new ArrayList<>();

    /** An answer that says that something was done. */
    record Told(HoldWish wish, Answer answer) {}

    static boolean isOfHolds(String place) {
        return STORES.stream().anyMatch(store -> place.startsWith(store + "/"));
    }

    synchronized void unanswered(HoldWish wish) {
        unknown.put(wish.key(), wish);
    }

    synchronized void answered(HoldWish wish, Answer answer) {
        if (answer.accepted()) {
            acknowledged.add(new Told(wish, answer));
        }
        if (answer.problem().equals(Tally.OUTCOME_UNKNOWN)) {
            unknown.put(wish.key(), wish);
        } else {
            unknown.remove(wish.key());
        }
    }

    /** Somebody was shown, perhaps late, what a SKU had at a version. What is held is no part of that: it ends by itself. */
    synchronized void saw(String place, long version, long qty) {
        Long before = shown.putIfAbsent(new State(place, version), qty);
        if (before != null && before != qty) {
            contradictions.add(place + " had " + before + " and " + qty + " at version " + version);
        }
    }

    /** How many wishes were granted. */
    public synchronized int size() {
        return acknowledged.size();
    }

    synchronized List<Told> acknowledged() {
        return List.copyOf(acknowledged);
    }

    synchronized List<HoldWish> unknown() {
        return List.copyOf(unknown.values());
    }

    synchronized Map<State, Long> shown() {
        return Map.copyOf(shown);
    }

    synchronized List<String> contradictions() {
        return List.copyOf(contradictions);
    }
}
