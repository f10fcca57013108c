package retail.inventory.web;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** What {@code Allow} says. */
public final class AllowedMethods {

    private AllowedMethods() {}

    /** With all that a route takes beside the methods that are written there. */
    public static String header(Collection<String> methods) {
        Set<String> all = new LinkedHashSet<>();
        for (String method : methods) {
            all.add(method);
            if (method.equals("GET")) {
                all.add("HEAD");
            }
        }
        all.add("OPTIONS");
        return String.join(", ", all);
    }
}
