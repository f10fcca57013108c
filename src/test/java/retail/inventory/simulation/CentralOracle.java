package retail.inventory.simulation;

import static retail.inventory.simulation.KnownLog.require;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import retail.inventory.central.PoisonedCopy;
import retail.inventory.journal.Event;
import retail.inventory.stock.Movement;

/**
 * What the central view has to show: the latest of all events that are not among its dead letters. Those are the events
 * of one SKU that it could not apply, until it can and somebody has asked it to.
 */
final class CentralOracle {

    private final Set<Long> resolved = new HashSet<>();
    private final Set<Long> tried = new HashSet<>();
    private Set<Long> dead = Set.of();
    private boolean healed;

    /** From the next process on all events can be applied. */
    void heal() {
        healed = true;
    }

    boolean isHealed() {
        return healed;
    }

    /** Somebody asks for a letter's event to be applied. */
    void tries(long sequence) {
        tried.add(sequence);
    }

    /** Somebody was told that it is. */
    void resolved(long sequence) {
        resolved.add(sequence);
    }

    /** Compares a view that has all of the log. */
    void requireAgreement(KnownLog log, PoisonedCopy copy) {
        Set<Long> mayBeDead = new TreeSet<>();
        Set<Long> found = new TreeSet<>(copy.dead());
        Map<String, String> least = new TreeMap<>();
        Map<String, Set<String>> possible = new TreeMap<>();
        for (Event event : log.all()) {
            long sequence = event.sequence();
            if (PoisonedCopy.isPoisoned(event)) {
                mayBeDead.add(sequence);
            }
            for (int i = 0; i < event.movements().size(); i++) {
                Movement movement = event.movements().get(i);
                String key = movement.key().storeId() + "/" + movement.key().sku();
                String state = movement.qty() + "@" + movement.version();
                if (!found.contains(sequence)) {
                    least.put(key, state);
                    possible.put(key, new HashSet<>(Set.of(state)));
                } else if (healed) { // applied, perhaps, by asking or by starting again; the letter stays for a person
                    possible.computeIfAbsent(key, none -> new HashSet<>()).add(state);
                }
            }
        }
        mayBeDead.removeAll(resolved);
        Set<Long> mustBeDead = new TreeSet<>(healed ? dead : mayBeDead);
        mustBeDead.removeAll(tried);
        require(
                mayBeDead.containsAll(found) && found.containsAll(mustBeDead),
                () -> "the dead letters are " + found + ", not all of " + mustBeDead + " among " + mayBeDead);
        Map<String, String> stock = copy.stock();
        require(
                stock.keySet().containsAll(least.keySet())
                        && stock.entrySet().stream()
                                .allMatch(shown -> possible.getOrDefault(shown.getKey(), Set.of())
                                        .contains(shown.getValue())),
                () -> "the central view is " + stock + ", not " + least + " or later ones of " + possible);
        dead = found;
    }
}
