package retail.inventory.history;

import java.util.ArrayList;
import java.util.List;

/** What contradicts what; the first ones are enough. */
final class Violations {

    private static final int TOLD_MAX = 20;

    private final List<String> told = new ArrayList<>();

    void add(String rule, Object... operations) {
        if (told.size() < TOLD_MAX) {
            StringBuilder text = new StringBuilder(rule);
            for (Object operation : operations) {
                text.append("\n    ").append(operation);
            }
            told.add(text.toString());
        }
    }

    List<String> told() {
        return List.copyOf(told);
    }
}
