package retail.inventory.simulation;

import java.time.Instant;

/**
 * The wall clock at one moment.
 *
 * @param at what it shows
 * @param sets how often it has been set so far
 * @param latest the latest time it has ever shown
 */
record Moment(Instant at, int sets, Instant latest) {

    /** Of a clock that nobody sets. */
    static Moment of(Instant at) {
        return new Moment(at, 0, at);
    }

    /** Whether the clock only went forward since another moment. */
    boolean follows(Moment earlier) {
        return sets == earlier.sets;
    }
}
