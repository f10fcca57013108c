package retail.inventory.history;

import retail.inventory.history.Operation.Asked;
import retail.inventory.history.Outcome.Accepted;

/**
 * A change that was made, once, however often it was asked for and acknowledged.
 *
 * @param since the operation before whose beginning it was not made
 * @param by the operation at whose end it was made
 */
record Effect(Asked asked, Accepted answer, Operation since, Operation by) {

    /** Units before it. */
    long qtyBefore() {
        return answer.qty() - asked.delta();
    }

    @Override
    public String toString() {
        return since == by ? since.toString() : since + ", at the latest by " + by;
    }
}
