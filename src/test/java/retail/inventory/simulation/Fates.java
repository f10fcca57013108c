package retail.inventory.simulation;

import static retail.inventory.simulation.KnownLog.require;

import java.util.HashMap;
import java.util.Map;
import retail.inventory.journal.Event;

/** What is known of each request: it must, may or must not be in the log. */
final class Fates {

    private enum Fate {
        ACKNOWLEDGED,
        UNKNOWN,
        ABSENT
    }

    private final KnownLog log;
    private final Map<Long, Fate> fates = new HashMap<>();

    Fates(KnownLog log) {
        this.log = log;
    }

    void acknowledged(Request request) {
        fates.put(request.delta(), Fate.ACKNOWLEDGED);
    }

    /** Unless it is known from another try of the same request. */
    void absent(Request request) {
        fates.putIfAbsent(request.delta(), Fate.ABSENT);
    }

    void mayBeThere(Request request) {
        fates.merge(request.delta(), Fate.UNKNOWN, (old, now) -> old == Fate.ACKNOWLEDGED ? old : now);
    }

    /** An event that the log has is the effect of a request that may have one, or of none. */
    void requireExpected(Event event) {
        Fate fate = log.isSweep(event) ? Fate.UNKNOWN : fates.get(log.number(event));
        require(
                fate == Fate.ACKNOWLEDGED || fate == Fate.UNKNOWN,
                () -> "a request that was refused or taken back is there: " + event);
    }

    /** After a start nothing is open. */
    void settle() {
        fates.replaceAll((number, fate) -> log.hasEffect(number) ? Fate.ACKNOWLEDGED : Fate.ABSENT);
    }
}
