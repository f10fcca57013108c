package retail.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ProblemsTest {

    /** So that what a document shows is what a client gets, whatever order a map has in this process. */
    @Test
    void membersComeInTheSameOrderEachTime() {
        Map<String, Object> members = new HashMap<>();
        for (String name : List.of("requested", "available", "currentVersion", "b", "a", "Aa", "BB")) {
            members.put(name, 1);
        }
        Map<String, Object> properties = Problems.problem(ProblemType.INSUFFICIENT_STOCK, "Too few.", members)
                .getProperties();
        assertThat(Objects.requireNonNull(properties).keySet())
                .containsExactly("requestId", "Aa", "BB", "a", "available", "b", "currentVersion", "requested");
    }
}
