package retail.inventory.access;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that is kept in the trail.
 *
 * @param act a word for it
 * @param by the {@link Identity#by} of who does it, or a word that is no identity's
 * @param details what else is to be said of it, in this order
 */
record TrailAct(String act, String by, Map<String, String> details) {

    TrailAct {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
